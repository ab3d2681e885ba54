package dev.sluice.methods.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.testing.LinearReads;
import dev.sluice.parts.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every reply parser promises, whoever added it. */
class ReplyParserContractTest {
  private static final int MIB = 1 << 20;
  private static final List<String> MARKS =
      List.of(
          "\\boxed{",
          "}",
          "{",
          "\"",
          "[[A]]",
          "Judgement",
          "</think>",
          "Score: 7",
          "Step 1: Correct");

  static Stream<String> kinds() {
    return Registry.get().parts(ReplyParser.class).keySet().stream();
  }

  private static List<ReplyParser> parsers(String kind) {
    return GoldenReply.of(kind).parsers().stream().map(GoldenReply.Parser::parser).toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void parser_ofItsGoldenReplies_readsWhatIsExpected(String kind) {
    GoldenReply golden = GoldenReply.of(kind);
    assertThat(golden.source()).isNotBlank();
    int parsed = 0;
    for (GoldenReply.Parser each : golden.parsers()) {
      ReplyParser parser = each.parser();
      assertThat(parser.name()).isEqualTo(kind);
      assertThat(parser.check("reply")).isEmpty();
      for (GoldenReply.Case one : each.cases()) {
        Reading read = parser.read(one.reply(), one.steps());
        String as = each.config() + " " + one.reply();
        assertThat(read.verdicts().map(ReplyParserContractTest::letters).orElse(null))
            .as(as)
            .isEqualTo(one.verdicts());
        assertThat(letters(read.stated()))
            .as(as)
            .isEqualTo(Objects.requireNonNullElse(one.stated(), ""));
        assertThat(read.outcome().map(List::of).map(ReplyParserContractTest::letters).orElse(null))
            .as(as)
            .isEqualTo(one.outcome());
        if (one.score() == null) {
          assertThat(read.score()).as(as).isEmpty();
        } else {
          assertThat(read.score().orElseThrow()).as(as).isCloseTo(one.score(), within(1e-9));
        }
        assertThat(read.preference().map(Enum::name).orElse(null))
            .as(as)
            .isEqualTo(one.preference());
        assertThat(read.fields())
            .as(as)
            .isEqualTo(Objects.requireNonNullElse(one.fields(), Map.of()));
        parsed += read.parsed() ? 1 : 0;
      }
    }
    assertThat(parsed > 0 || kind.equals("tagged"))
        .as("a golden file has a reply that is read")
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void parser_readsWhatItSays(String kind) {
    for (ReplyParser parser : parsers(kind)) {
      assertThat(parser.reads()).isNotEmpty();
      assertThat(parser.reads()).allMatch(each -> ReplyParser.canRead(parser.getClass(), each));
      Reading nothing = parser.read("", 3);
      assertThat(nothing.parsed()).as("an empty reply is an abstention").isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void parser_ofAMebibyte_neverThrows(String kind) {
    List<String> pieces = new ArrayList<>(MARKS);
    GoldenReply.of(kind).parsers().forEach(p -> p.cases().forEach(c -> pieces.add(c.reply())));
    Random random = new Random(kind.hashCode());
    for (ReplyParser parser : parsers(kind)) {
      Set<Reads> reads = parser.reads();
      for (int round = 0; round < 4; round++) {
        StringBuilder text = new StringBuilder(MIB + 64);
        while (text.length() < MIB) {
          text.append(pieces.get(random.nextInt(pieces.size())));
          text.append((char) random.nextInt(round % 2 == 0 ? 128 : 0x10000));
        }
        Reading first = parser.read(text, 3);
        assertThat(parser.read(text, 3)).isEqualTo(first);
        assertThat(first.verdicts().isEmpty() || reads.contains(Reads.STEPS)).isTrue();
        assertThat(first.outcome().isEmpty() || reads.contains(Reads.OUTCOME)).isTrue();
        assertThat(first.score().isEmpty() || reads.contains(Reads.SCORE)).isTrue();
        assertThat(first.preference().isEmpty() || reads.contains(Reads.PREFERENCE)).isTrue();
        assertThat(first.verdicts().map(List::size).orElse(3)).isEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void parser_looksAtEachCharacterAFewTimes(String kind) {
    ReplyParser parser = parsers(kind).get(0);
    // Verdicts on steps and on the whole have a reader each.
    LinearReads.check(text -> parser.read(text, 3), MARKS, 2);
  }

  private static String letters(List<Boolean> verdicts) {
    return verdicts.stream().map(right -> right ? "y" : "n").collect(Collectors.joining());
  }
}
