package dev.sluice.export.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.ExportException;
import dev.sluice.export.Split;
import dev.sluice.export.split.Placed.Neighbour;
import dev.sluice.export.split.Placed.Reason;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
  private static final Split HALVES = Split.parse("train=0.5,test=0.5");

  /** Runs of one word, and more than half of them in common. */
  private static final NearRule HALF = new NearRule(1, 0.5);

  /** The first id from {@code from} on whose hash gives it a part. */
  private static String id(int part, int from) {
    return IntStream.iterate(from, i -> i + 1)
        .mapToObj(i -> "id" + i)
        .filter(id -> HALVES.part(id) == part)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void place_withoutNearRule_isTheHash() {
    Placement placement = Placement.of(HALVES, null);
    for (int i = 0; i < 50; i++) {
      assertThat(placement.place("id" + i, "the same text", null))
          .isEqualTo(new Placed(Reason.HASH, HALVES.part("id" + i), List.of()));
    }
  }

  @Test
  void place_nearDuplicate_followsTheEarlierOne() {
    String train = id(0, 0);
    String test = id(1, 0);
    Placement placement = Placement.of(HALVES, HALF);
    assertThat(placement.place(train, "a b c", null).reason()).isEqualTo(Reason.HASH);
    assertThat(placement.place(test, "A, b; d!", null))
        .isEqualTo(new Placed(Reason.FOLLOWS, 0, List.of(new Neighbour(train, 0, 0.5))));
    assertThat(placement.place(id(1, 100), "e f g", null))
        .isEqualTo(new Placed(Reason.HASH, 1, List.of()));
  }

  @Test
  void place_nearDuplicateOfTwoParts_isLeftOutAndFollowedByNone() {
    String train = id(0, 0);
    String test = id(1, 0);
    Placement placement = Placement.of(HALVES, HALF);
    placement.place(train, "a b c", null);
    placement.place(test, "d e f", null);
    Placed between = placement.place("between", "a b c d e f", null);
    assertThat(between)
        .isEqualTo(
            new Placed(
                Reason.LEFT_OUT,
                Placed.NO_PART,
                List.of(new Neighbour(train, 0, 0.5), new Neighbour(test, 1, 0.5))));
    assertThat(between.leftOut()).isTrue();
    assertThat(between.neighbours(List.of("train", "test")))
        .isEqualTo("'%s' (train), '%s' (test)".formatted(train, test));
    // 6 of 9 words are those of the text that is left out, 3 of 9 those of each other one.
    String last = id(1, 200);
    assertThat(placement.place(last, "a b c d e f x y z", null))
        .isEqualTo(new Placed(Reason.HASH, 1, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "What is 2 + 3?, what  is 2+3, true",
    "What is 2 + 3?, what is 2 + 4?, false",
    "Größe: ﬁve, GRÖSSE five, false",
    "Größe: ﬁve, größe five, true",
    "Café №1, cafe\u0301 no1, true",
    "+ - = ?, + - = ?, true",
    "+ - = ?, + + = ?, false",
    "'', ' ', true",
    "'', ?, false",
  })
  void place_equalWords_areNearDuplicatesWhateverTheRule(
      String first, String second, boolean same) {
    Placement placement = Placement.of(HALVES, new NearRule(13, 1));
    placement.place(id(0, 0), first, null);
    assertThat(placement.place(id(1, 0), second, null).part()).isEqualTo(same ? 0 : 1);
  }

  @Test
  void place_idOfAnEarlierExport_keepsThatPart() {
    Placement placement = Placement.of(HALVES, HALF);
    String train = id(0, 0);
    placement.hold(train, "a b c", null, 1);
    assertThat(placement.place(train, "other words", null))
        .isEqualTo(new Placed(Reason.HELD, 1, List.of()));
    assertThat(placement.place(id(0, 100), "a b c d", null))
        .isEqualTo(new Placed(Reason.FOLLOWS, 1, List.of(new Neighbour(train, 1, 0.75))));
  }

  @Test
  void place_earlierExportWithPairsApart_leavesOutWhatIsNearBoth() {
    Placement placement = Placement.of(HALVES, HALF);
    placement.hold("one", "a b c", null, 0);
    placement.hold("two", "a b c", null, 1);
    placement.hold("three", "d e f", null, 1);
    assertThat(placement.heldApart()).isEqualTo(1);
    assertThat(placement.place("new", "a b c", null).neighbours())
        .containsExactly(new Neighbour("one", 0, 1), new Neighbour("two", 1, 1));
    assertThat(placement.place("one", "a b c", null).part()).isZero();
    assertThat(placement.place("two", "a b c", null).part()).isEqualTo(1);
  }

  @Test
  void place_heldProblemsOfAStratum_countInItsShares() {
    Split split = Split.parse("train=0.75,test=0.25");
    Placement placement = Placement.of(split, null);
    for (int i = 0; i < 3; i++) {
      placement.hold("held" + i, "text", "s", 0);
    }
    // The fourth is the first test problem, whatever its hash says.
    String train =
        IntStream.range(0, 99)
            .mapToObj(i -> "id" + i)
            .filter(id -> split.part(id) == 0)
            .findFirst()
            .orElseThrow();
    assertThat(placement.place(train, "text", "s"))
        .isEqualTo(new Placed(Reason.STRATUM, 1, List.of()));
  }

  @Test
  void hold_partThatTheSplitLacks_isRefused() {
    Placement placement = Placement.of(HALVES, HALF);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> placement.hold("x", "text", null, 2))
        .withMessage(
            "Holding the problem 'x' in part 2: the split train=0.5,test=0.5 has the parts 0 to 1.");
    assertThatIllegalArgumentException().isThrownBy(() -> placement.hold("x", "text", null, -1));
  }

  @Test
  void hold_afterTheFirstPlaced_isRefused() {
    Placement placement = Placement.of(HALVES, null);
    placement.place("x", "text", null);
    assertThatIllegalStateException()
        .isThrownBy(() -> placement.hold("y", "text", null, 0))
        .withMessage(
            "Holding the problem 'y': problems of earlier exports come before the first that is placed.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void nearRule_similarityOutOfRange_isRefused(double similarity) {
    assertThatThrownBy(() -> new NearRule(3, similarity))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "The similarity of near-duplicates is above 0 and at most 1, not %s. Give such a number; the default is 0.8."
                .formatted(similarity));
  }

  @Test
  void nearRule_runWithoutWords_isRefused() {
    assertThatThrownBy(() -> new NearRule(0, 0.8))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "A run of words for near-duplicates has at least 1 word, not 0. Give 1 or more; the default is 3.");
  }

  /** Their rarest words, which are looked at first, are those that the other one lacks. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void place_longTextWithManyWordsOfItsOwn_isFound(boolean longFirst) {
    String common = words("common", 100);
    String more = common + words("own", 60);
    Placement placement = Placement.of(HALVES, new NearRule(1, 100 / 160.0));
    for (int i = 0; i < 40; i++) {
      placement.place("filler" + i, common + words("filler" + i + "x", 100), null);
    }
    Placed first = placement.place(id(0, 0), longFirst ? more : common, null);
    Placed second = placement.place(id(1, 0), longFirst ? common : more, null);
    assertThat(first.reason()).isEqualTo(Reason.HASH);
    assertThat(second)
        .isEqualTo(new Placed(Reason.FOLLOWS, 0, List.of(new Neighbour(id(0, 0), 0, 0.625))));
  }

  private static String words(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> " " + name + i).collect(Collectors.joining());
  }

  /** Each search of such texts would compare all of them if set phrases were not looked at last. */
  @Test
  void place_textsWithOnePhrase_comparesFew() {
    NearTexts texts = new NearTexts(NearRule.DEFAULT, 1);
    for (int i = 0; i < 20_000; i++) {
      long[] runs =
          texts.runs(
              "Calculate the value of the following expression and give the result as one number: %d + %d - %d"
                  .formatted(100 + i % 997, 1000 + i % 7919, 10_000 + i));
      texts.find(runs);
      texts.add(runs, "id" + i, 0);
    }
    // All pairs are 200 million.
    assertThat(texts.comparisons()).isLessThan(2_000_000);
  }
}
