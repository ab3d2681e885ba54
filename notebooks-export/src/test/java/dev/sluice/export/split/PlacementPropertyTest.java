package dev.sluice.export.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.export.Split;
import dev.sluice.records.RandomStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule of {@link Placement} beside a comparison of all texts with all. */
class PlacementPropertyTest {
  private static final String[] SPLITS = {
    "train=0.5,test=0.5", "train=0.8,valid=0.1,test=0.1", "a=0.1,b=0.2,c=0.3,d=0.4", "all=1"
  };

  /** Few words make many alike; thousands of runs have their order made anew. */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 0.8, 400, 40, 12, 0.5",
    "2, 3, 0.8, 600, 4000, 25, 0.3",
    "3, 1, 0.5, 250, 15, 8, 0.2",
    "4, 2, 1, 300, 6, 6, 0.3",
    "5, 1, 0.05, 120, 300, 10, 0.3",
    "8, 1, 0.6, 60, 900, 300, 0.7",
    "6, 5, 0.34, 300, 60, 20, 0.7",
    "7, 3, 0.999, 300, 8, 9, 0.5"
  })
  void place_randomTexts_isWhatAllPairsGive(
      long seed, int gram, double threshold, int count, int words, int longest, double copies) {
    for (int round = 0; round < 4; round++) {
      RandomStream random = new RandomStream(16 * seed + round);
      List<String> texts = RandomTexts.draw(random, count, words, longest, copies);
      Split split = Split.parse(SPLITS[round]);
      List<Placed> placed = place(split, new NearRule(gram, threshold), texts);
      assertAsAllPairs(split, gram, threshold, texts, placed);
      assertThat(placed).anyMatch(each -> each.reason() == Placed.Reason.FOLLOWS);
    }
  }

  private static List<Placed> place(Split split, NearRule rule, List<String> texts) {
    Placement placement = Placement.of(split, rule);
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      placed.add(placement.place("id" + i, texts.get(i), null));
    }
    return placed;
  }

  private static void assertAsAllPairs(
      Split split, int gram, double threshold, List<String> texts, List<Placed> placed) {
    List<Set<List<String>>> runs = texts.stream().map(text -> runs(text, gram)).toList();
    int[] parts = new int[texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      Set<Integer> near = new TreeSet<>();
      for (int j = 0; j < i; j++) {
        if (parts[j] != Placed.NO_PART && similarity(runs.get(i), runs.get(j)) >= threshold) {
          near.add(parts[j]);
        }
      }
      parts[i] =
          switch (near.size()) {
            case 0 -> split.part("id" + i);
            case 1 -> near.iterator().next();
            default -> Placed.NO_PART;
          };
      if (parts[i] != Placed.NO_PART && !near.isEmpty()) {
        assertThat(near).as("no near-duplicates are in two parts").containsExactly(parts[i]);
      }
      Placed found = placed.get(i);
      assertThat(found.part()).as("%s", i).isEqualTo(parts[i]);
      assertThat(found.neighbours().stream().map(Placed.Neighbour::part).toList())
          .as("%s", i)
          .containsExactlyElementsOf(near);
      for (Placed.Neighbour neighbour : found.neighbours()) {
        int j = Integer.parseInt(neighbour.id().substring(2));
        assertThat(j).isLessThan(i);
        assertThat(parts[j]).isEqualTo(neighbour.part());
        assertThat(neighbour.similarity())
            .isEqualTo(similarity(runs.get(i), runs.get(j)))
            .isGreaterThanOrEqualTo(threshold);
      }
    }
  }

  /** Written anew, and slowly, from the words of the rule. */
  private static Set<List<String>> runs(String text, int gram) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>(List.of(plain.split("[^a-z0-9]+", -1)));
    words.removeIf(String::isEmpty);
    Set<List<String>> runs = new HashSet<>();
    for (int i = 0; i + gram <= words.size(); i++) {
      runs.add(List.copyOf(words.subList(i, i + gram)));
    }
    if (runs.isEmpty()) {
      runs.add(words);
    }
    return runs;
  }

  private static double similarity(Set<List<String>> first, Set<List<String>> second) {
    Set<List<String>> common = new HashSet<>(first);
    common.retainAll(second);
    return common.size() / (double) (first.size() + second.size() - common.size());
  }

  /** Five nights, each with a tenth more: alone, and going on from the export before. */
  @ParameterizedTest
  @CsvSource({"1, train=0.9;test=0.1", "2, a=0.4;b=0.3;c=0.2;d=0.1"})
  void place_growingTable_keepsEveryPart(long seed, String shares) {
    RandomStream random = new RandomStream(seed);
    Split split = Split.parse(shares.replace(';', ','));
    List<String> texts = RandomTexts.draw(random, 1500, 60, 12, 0.4);
    List<String> strata = texts.stream().map(text -> stratum(random)).toList();
    List<Placed> whole = night(split, texts, strata, List.of());
    List<Placed> before = List.of();
    for (int night = 0, rows = 900; night < 5; night++, rows += rows / 10) {
      List<Placed> fresh = night(split, texts.subList(0, rows), strata, List.of());
      assertThat(fresh).isEqualTo(whole.subList(0, rows));
      List<Placed> goingOn = night(split, texts.subList(0, rows), strata, before);
      for (int i = 0; i < rows; i++) {
        assertThat(goingOn.get(i).part()).as("%s", i).isEqualTo(whole.get(i).part());
      }
      before = goingOn;
    }
    assertThat(whole.stream().map(Placed::reason).distinct())
        .contains(
            Placed.Reason.HASH,
            Placed.Reason.STRATUM,
            Placed.Reason.FOLLOWS,
            Placed.Reason.LEFT_OUT);
  }

  private static String stratum(RandomStream random) {
    return random.nextInt(10) == 0 ? "" : "level " + random.nextInt(6);
  }

  private static List<Placed> night(
      Split split, List<String> texts, List<String> strata, List<Placed> before) {
    Placement placement = Placement.of(split, new NearRule(1, 0.5));
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).leftOut()) {
        placement.hold(id(i), texts.get(i), strata.get(i), before.get(i).part());
      }
    }
    assertThat(placement.heldApart()).isZero();
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      placed.add(placement.place(id(i), texts.get(i), strata.get(i)));
    }
    return placed;
  }

  private static String id(int index) {
    return Objects.toString(index);
  }
}
