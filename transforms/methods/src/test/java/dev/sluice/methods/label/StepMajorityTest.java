package dev.sluice.methods.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.verification.Vote;
import dev.sluice.records.RandomStream;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepMajorityTest {
  private static final StepMajority DEFAULT = new StepMajority(Tie.DROP, Selection.FIRST, 0);

  /** Votes like {@code yyn ynn}, indexed from 0, one line per letter; {@code -} is unparsed. */
  static Ballot ballot(String votes, Map<Integer, Boolean> rubric) {
    List<String> texts = Arrays.asList(votes.split(" "));
    List<Vote> parsed = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      if (!text.equals("-")) {
        List<Boolean> verdicts = text.chars().mapToObj(c -> c == 'y').toList();
        parsed.add(new Vote(i, "v" + i, verdicts, !verdicts.contains(false), text));
      }
    }
    return new Ballot("s", "p", List.of("a", "b", "c"), texts.size(), parsed, rubric);
  }

  static Ballot ballot(String votes) {
    return ballot(votes, Map.of());
  }

  private static String letters(StepLabel label) {
    StringBuilder letters = new StringBuilder();
    label.stepLabels().forEach(correct -> letters.append(correct ? 'y' : 'n'));
    return letters.toString();
  }

  @ParameterizedTest
  @CsvSource({
    // votes, tie, status, labels, target
    "yyy yyy yyn yyy, DROP, labelled, yyy, v0",
    "ynn yyn yyn nyn, DROP, labelled, yyn, v1",
    // One line's majority may be nobody's vector.
    "nyy yny yyn, DROP, no_match, yyy, ",
    // A tie before any error.
    "yyy yny yyy yny, DROP, tie, '', ",
    "yyy yny yyy yny, INCORRECT, labelled, yny, v1",
    "yyy yny yyy yny, FIRST, labelled, yyy, v0",
    "yny yyy yyy yny, FIRST, labelled, yny, v0",
    // A tie after the first error counts incorrect and drops nothing.
    "nyy nyn nyy nyn, DROP, labelled, nyn, v1",
    "nyy nyn nyy nyn, FIRST, labelled, nyn, v1",
    // A tie on the line before the first error.
    "ynn yyn ynn yyn, DROP, tie, '', ",
    // Votes of another length and unparsed votes abstain.
    "yyy yy yyyy yyy, DROP, labelled, yyy, v0",
    "- yyn yyn -, DROP, labelled, yyn, v1",
    "- yyn - -, DROP, few_votes, '', ",
    "- - -, DROP, few_votes, '', ",
    // ceil(3 / 2) = 2.
    "- yyn -, DROP, few_votes, '', ",
    "- yyn yyn, DROP, labelled, yyn, v1",
  })
  void labels(String votes, Tie tie, String status, String labels, String target) {
    StepLabel label = new StepMajority(tie, Selection.FIRST, 0).estimate(ballot(votes));

    assertThat(label.status()).isEqualTo(status);
    assertThat(letters(label)).isEqualTo(labels);
    assertThat(label.selectedVerification()).isEqualTo(target);
    assertThat(label.firstError()).isEqualTo(labels.indexOf('n'));
    assertThat(label.outcome())
        .isEqualTo(labels.isEmpty() ? null : Boolean.valueOf(!labels.contains("n")));
  }

  @ParameterizedTest
  @CsvSource({
    // The index named most often, where a majority of steps would say 2.
    "0 0 2 3 3 3, 3",
    "1 1 -1 -1 -1 2, -1",
    "-1 2, 2",
    "-1 -1 2 2 0, 2",
    "3 1 1 3, 1",
    "-1, -1",
    "0 0 0 -1 -1 -1, 0",
    "5 4 5 4 -1 -1, 4",
    "'', "
  })
  void firstErrorNamedByIndex_isTheModalOne(String indexes, Integer expected) {
    List<Integer> named =
        indexes.isEmpty()
            ? List.of()
            : Stream.of(indexes.split(" ", -1)).map(Integer::valueOf).toList();
    OptionalInt mode = expected == null ? OptionalInt.empty() : OptionalInt.of(expected);
    assertThat(FirstErrorVotes.mode(named)).isEqualTo(mode);
    List<Vote> votes = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      int index = named.get(i);
      List<Boolean> verdicts =
          IntStream.range(0, 6).mapToObj(step -> index < 0 || step < index).toList();
      // In reverse: the order of votes does not matter.
      votes.add(0, new Vote(i, "v" + i, verdicts, null, ""));
    }
    votes.add(new Vote(99, "short", List.of(false), null, ""));
    assertThat(FirstErrorVotes.firstError(votes, 6)).isEqualTo(mode);
  }

  @Test
  void keepsSharesAgreementAndCounts() {
    StepLabel label = DEFAULT.estimate(ballot("yyn yyn ynn yyy - yy"));

    assertThat(label)
        .isEqualTo(
            new StepLabel(
                "s",
                "p",
                "labelled",
                List.of("a", "b", "c"),
                List.of(1.0, 0.75, 0.25),
                List.of(true, true, false),
                2,
                false,
                4,
                List.of(1.0, 0.75, 0.75),
                "step_majority",
                "v0"));
  }

  @Test
  void aTargetMustAgreeInItsOutcomeToo() {
    List<Boolean> right = List.of(true, true);
    Ballot ballot =
        new Ballot(
            "s",
            "p",
            List.of("a", "b"),
            3,
            List.of(
                new Vote(0, "v0", right, false, "t"),
                new Vote(1, "v1", right, null, "t"),
                new Vote(2, "v2", right, true, "t")),
            Map.of());

    assertThat(DEFAULT.estimate(ballot).selectedVerification()).isEqualTo("v1");
  }

  @Test
  void mostFrequentPrefersTheTextWrittenOften() {
    List<Boolean> right = List.of(true);
    Ballot ballot =
        new Ballot(
            "s",
            "p",
            List.of("a"),
            4,
            List.of(
                new Vote(0, "v0", right, true, "careful"),
                new Vote(1, "v1", right, true, "short"),
                new Vote(2, "v2", right, true, "other"),
                new Vote(3, "v3", right, true, "short")),
            Map.of());

    assertThat(select(ballot, Selection.FIRST)).isEqualTo("v0");
    assertThat(select(ballot, Selection.MOST_FREQUENT)).isEqualTo("v1");
  }

  @Test
  void nearestKeepsTheFirstErrorOfTheConsensus() {
    // Consensus nyyy over four votes; nobody says so.
    Ballot ballot =
        new Ballot(
            "s",
            "p",
            List.of("a", "b", "c", "d"),
            5,
            List.of(
                vote(0, "yyyy"),
                vote(1, "nnny"),
                vote(2, "nyyn"),
                vote(3, "nyny"),
                vote(4, "ynyy")),
            Map.of());

    assertThat(select(ballot, Selection.FIRST)).isNull();
    assertThat(select(ballot, Selection.NEAREST)).isEqualTo("v2");
    assertThat(select(ballot("nyy yny yyn"), Selection.NEAREST)).isNull();
  }

  private static Vote vote(int index, String letters) {
    return new Vote(
        index, "v" + index, letters.chars().mapToObj(c -> c == 'y').toList(), null, letters);
  }

  private static @Nullable String select(Ballot ballot, Selection selection) {
    return new StepMajority(Tie.DROP, selection, 0).estimate(ballot).selectedVerification();
  }

  @Test
  void theRubricIsOneMoreVoteOnTheLinesItKnows() {
    Ballot ballot = ballot("yyy yny yyy yny", Map.of(1, false));

    StepLabel silent = DEFAULT.estimate(ballot);
    StepLabel heard = new StepMajority(Tie.DROP, Selection.FIRST, 1).estimate(ballot);

    assertThat(silent.status()).isEqualTo("tie");
    assertThat(heard.status()).isEqualTo("labelled");
    assertThat(letters(heard)).isEqualTo("yny");
    assertThat(heard.stepScores()).containsExactly(1.0, 0.4, 1.0);
    assertThat(heard.agreement()).containsExactly(1.0, 0.5, 1.0);
  }

  @Test
  void evaluationDropsNothing() {
    assertThat(firstError("yyy yny yyy yny")).isEqualTo(OptionalInt.of(1));
    assertThat(firstError("yyy - - -")).isEqualTo(OptionalInt.of(-1));
    assertThat(firstError("yy - -")).isEqualTo(OptionalInt.empty());
    assertThat(StepMajority.firstError(ballot("yyy yny").votes(), 3, Map.of(1, true), 1))
        .isEqualTo(OptionalInt.of(-1));
  }

  private static OptionalInt firstError(String votes) {
    return StepMajority.firstError(ballot(votes).votes(), 3);
  }

  @Test
  void consensusDoesNotDependOnTheOrderOfTheVotes() {
    RandomStream random = new RandomStream(7);
    for (int trial = 0; trial < 300; trial++) {
      List<String> texts = new ArrayList<>();
      for (int vote = 0; vote < 6; vote++) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 3; line++) {
          text.append(random.nextInt(3) == 0 ? 'n' : 'y');
        }
        texts.add(text.toString());
      }
      Ballot ballot = ballot(String.join(" ", texts));
      List<Vote> shuffled = new ArrayList<>(ballot.votes());
      Collections.shuffle(shuffled, new Random(trial));
      Ballot other =
          new Ballot("s", "p", ballot.steps(), ballot.asked(), shuffled, ballot.rubric());
      for (Tie tie : Tie.values()) {
        for (Selection selection : Selection.values()) {
          StepMajority options = new StepMajority(tie, selection, 0);
          assertThat(options.estimate(other)).isEqualTo(options.estimate(ballot));
        }
      }
    }
  }

  @Test
  void aUnanimousVoteWinsForEveryNumberOfVotes() {
    for (int n = 1; n <= 16; n++) {
      StepLabel label = DEFAULT.estimate(ballot("yny ".repeat(n).strip()));
      assertThat(letters(label)).isEqualTo("yny");
      assertThat(label.agreement()).containsExactly(1.0, 1.0, 1.0);
    }
  }

  @Test
  void unparsedVerificationsAreNoVotes() {
    Verification parsed =
        new Verification("v0", "s", "p", 0, "initial", List.of(true), true, "a y", true, 1, 1, "m");
    Verification unparsed =
        new Verification("v1", "s", "p", 1, "initial", List.of(), null, "?", false, 1, 1, "m");

    assertThat(Vote.parsed(List.of(parsed, unparsed)))
        .containsExactly(
            new Vote(0, "v0", "a y", true, List.of(true), true, List.of(true), false, 1, 1));
  }

  @Test
  void aSolutionThatFailsTheGateClaimsNothing() {
    StepLabel label = StepLabels.gate(ballot("yyy yyy"), DEFAULT.name());

    assertThat(label.status()).isEqualTo("gate");
    assertThat(label.stepLabels()).isEmpty();
    assertThat(label.outcome()).isNull();
    assertThat(label.votes()).isEqualTo(2);
  }
}
