package dev.sluice.methods.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.verification.Vote;
import dev.sluice.records.StepLabel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstErrorVotesTest {
  private static final int LINES = 5;

  /** Votes that name indices; x abstains. */
  private static Ballot ballot(String indices, Map<Integer, Boolean> rubric) {
    String[] all = indices.split(" ", -1);
    List<Vote> votes = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (!all[i].equals("x")) {
        List<Boolean> verdicts = FirstErrorVotes.labels(Integer.parseInt(all[i]), LINES);
        // In reverse: the order of votes does not matter.
        votes.add(0, new Vote(i, "v" + i, verdicts, !verdicts.contains(false), "t", true));
      }
    }
    return new Ballot("s", "p", List.of("a", "b", "c", "d", "e"), all.length, votes, rubric);
  }

  private static StepLabel label(String indices, Tie tie) {
    return new StepMajority(tie, Selection.FIRST, 0).estimate(ballot(indices, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    // A majority of every line would say 2, which nobody names, and find no target.
    "0 0 1 3 3 3, DROP, labelled, 3, v3",
    "1 1 -1 -1 -1 2, DROP, labelled, -1, v2",
    "0 -1 -1 2 2 2, DROP, labelled, 2, v3",
    "4 4 0 1 2, DROP, labelled, 4, v0",
    "-1 0 1 -1 2 3, DROP, labelled, -1, v0",
    "2, DROP, labelled, 2, v0",
    // Equals drop, or the first error comes before none and the lower before the higher.
    "1 1 3 3, DROP, tie, -1, ",
    "3 3 1 1, INCORRECT, labelled, 1, v2",
    "3 3 1 1, FIRST, labelled, 3, v0",
    "-1 -1 2 2 0, DROP, tie, -1, ",
    "-1 -1 2 2 0, INCORRECT, labelled, 2, v2",
    "-1 -1 2 2 0, FIRST, labelled, -1, v0",
    "0 -1 -1 2 2, FIRST, labelled, -1, v1",
    "0 1 2 3, DROP, tie, -1, ",
    // Those that name nothing abstain.
    "x 3 3 x 1, DROP, labelled, 3, v1",
    "x 3 x x, DROP, few_votes, -1, ",
  })
  void labelIsOfTheIndexNamedMostOften(
      String indices, Tie tie, String status, int firstError, String target) {
    StepLabel label = label(indices, tie);
    boolean labelled = status.equals("labelled");

    assertThat(label.status()).isEqualTo(status);
    assertThat(label.firstError()).isEqualTo(firstError);
    assertThat(label.stepLabels())
        .isEqualTo(labelled ? FirstErrorVotes.labels(firstError, LINES) : List.of());
    assertThat(label.outcome()).isEqualTo(labelled ? Boolean.valueOf(firstError < 0) : null);
    assertThat(label.selectedVerification()).isEqualTo(target);
  }

  @Test
  void sharesAndAgreementAreThoseOfTheVotesOnEachLine() {
    StepLabel label = label("0 0 1 3 3 3 x", Tie.DROP);

    assertThat(label.votes()).isEqualTo(6);
    assertThat(label.stepScores()).containsExactly(4 / 6.0, 0.5, 0.5, 0.0, 0.0);
    assertThat(label.agreement()).containsExactly(4 / 6.0, 0.5, 0.5, 1.0, 1.0);
    assertThat(label.estimator()).isEqualTo("step_majority");
  }

  @Test
  void softLabelsKeepTheSharesAndTheIndexNamedMostOften() {
    StepLabel label = new SoftLabels(0).estimate(ballot("0 0 1 3 3 3", Map.of()));

    assertThat(label.stepScores()).containsExactly(4 / 6.0, 0.5, 0.5, 0.0, 0.0);
    assertThat(label.firstError()).isEqualTo(3);
    assertThat(label.stepLabels()).containsExactly(true, true, true, false, false);
  }

  @ParameterizedTest
  @CsvSource({
    "1 1 3 3, '3 n', 1, 3",
    "1 1 3 3, '0 y 1 n 3 n', 1, 1",
    "-1 -1 3 3, '0 y 4 y', 0.5, -1",
    "1 1 1 3 3, '3 n', 1, 1",
    "1 1 1 3 3, '3 n', 2, 3",
    // It has no say without a weight, or on lines that there are not.
    "1 1 3 3, '3 n', 0, 1",
    "1 1 3 3, '7 n', 9, 1",
    // It alone names 0.
    "1 2 3 4, '0 n', 2, 0",
  })
  void rubricNamesTheFirstLineThatItCallsWrong(
      String indices, String rubric, double weight, int firstError) {
    Map<Integer, Boolean> verdicts = new TreeMap<>();
    String[] words = rubric.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      verdicts.put(Integer.valueOf(words[i]), words[i + 1].equals("y"));
    }
    Ballot ballot = ballot(indices, verdicts);

    assertThat(
            new StepMajority(Tie.INCORRECT, Selection.FIRST, weight).estimate(ballot).firstError())
        .isEqualTo(firstError);
    assertThat(StepMajority.firstError(ballot.votes(), LINES, verdicts, weight))
        .isEqualTo(OptionalInt.of(firstError));
  }

  @Test
  void votesOnEveryLineCountForTheirFirstError_amongVotesByIndex() {
    List<Vote> votes = new ArrayList<>(ballot("3 3 1", Map.of()).votes());
    votes.add(new Vote(7, "rule", Arrays.asList(true, false, true, true, false), false, "t"));
    votes.add(new Vote(8, "calculator", Arrays.asList(true, false, true, true, true), false, "t"));

    assertThat(StepMajority.firstError(votes, LINES)).hasValue(1);
  }

  @Test
  void indexBeforeTheAnswer_isAVoteOnTheStepsWithoutIt() {
    List<Vote> votes = ballot("3 3 -1 4", Map.of()).votes();

    assertThat(Ballot.valid(votes, 4)).extracting(Vote::id).containsExactly("v0", "v1");
    assertThat(Ballot.valid(votes, 4).get(0).verdicts()).containsExactly(true, true, true, false);
    assertThat(Ballot.valid(votes, 6)).isEmpty();
  }
}
