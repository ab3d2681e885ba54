package dev.sluice.stages.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.methods.label.Selection;
import dev.sluice.methods.label.StepMajority;
import dev.sluice.methods.label.Tie;
import dev.sluice.records.Criterion;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateStepLabelsTest {
  private static final Problem PROBLEM = Rows.arithmetic("4+5-2");
  private static final String RIGHT = "4+5=9\n9-2=7\n#7";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final List<Solution> solutions = new ArrayList<>();
  private final List<Verification> votes = new ArrayList<>();
  private final List<Rubric> rubrics = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private StageHost host;

  @BeforeEach
  void setUp() {
    host = new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
  }

  private Solution add(String text, String... verdicts) {
    Solution solution = Rows.solution(PROBLEM, solutions.size(), text);
    solutions.add(solution);
    votes.addAll(Rows.votes(solution, verdicts));
    return solution;
  }

  private StageRun run(String yaml) {
    Map<String, List<ShardFile>> inputs = new TreeMap<>();
    inputs.put("problems", List.of(host.shard(Tables.PROBLEMS, List.of(PROBLEM))));
    inputs.put("solutions", List.of(host.shard(Tables.SOLUTIONS, solutions)));
    inputs.put("verifications", List.of(host.shard(Tables.VERIFICATIONS, votes)));
    if (!rubrics.isEmpty()) {
      inputs.put("rubrics", List.of(host.shard(Tables.RUBRICS, rubrics)));
    }
    return host.run(new AggregateStepLabels(), yaml, inputs);
  }

  @Test
  void everySolutionGetsAStatus() {
    add(RIGHT, "yyy", "yyn", "yyy", "zzz"); // labelled
    add(RIGHT, "yyy", "yny", "yyy", "yny"); // tie on the line that decides
    add(RIGHT, "yyy", "zzz", "zzz", "zzz"); // few votes: one of four
    add(RIGHT, "nyy", "yny", "yyn", "zzz"); // labelled by no vote
    add("4+5=9\n#9", "yy", "yy", "yy", "yy"); // fails the gate
    add(RIGHT); // nobody voted
    StageRun run = run("{}");
    assertThat(run.rows(Tables.STEP_LABELS))
        .extracting(
            StepLabel::status,
            StepLabel::stepLabels,
            StepLabel::firstError,
            StepLabel::outcome,
            StepLabel::votes,
            StepLabel::selectedVerification)
        .containsExactly(
            tuple(
                "labelled", List.of(true, true, true), -1, true, 3, votes.get(0).verificationId()),
            tuple("tie", List.of(), -1, null, 4, null),
            tuple("few_votes", List.of(), -1, null, 1, null),
            tuple("no_match", List.of(true, true, true), -1, true, 3, null),
            tuple("gate", List.of(), -1, null, 4, null),
            tuple("few_votes", List.of(), -1, null, 0, null));
    assertThat(run.metric("labels/labelled")).isEqualTo(1);
    assertThat(run.metric("labels/few_votes")).isEqualTo(2);
    assertThat(run.metrics().keySet())
        .containsExactly(
            "labels/few_votes", "labels/gate", "labels/labelled", "labels/no_match", "labels/tie");
    assertThat(run.counts().out()).isEqualTo(6);
  }

  @Test
  void votesNeedNotStandTogether() {
    add(RIGHT, "yyy", "yyn", "yyy", "zzz");
    add(RIGHT, "yyy", "yny", "yyy", "yny");
    add("4+5=9\n#9", "yy", "yy", "yy", "yy");
    List<StepLabel> together = run("{}").rows(Tables.STEP_LABELS);
    votes.sort(Comparator.comparingInt(Verification::voteIndex));
    assertThat(run("{}").rows(Tables.STEP_LABELS)).isEqualTo(together);
    assertThat(together).extracting(StepLabel::status).containsExactly("labelled", "tie", "gate");
  }

  private static final Problem WORDS = Rows.words("How much is 2+2, doubled?", "8");
  private static final String TAGGED =
      "<think><step>2+2=4</step><step>4*2=8</step></think><answer>\\boxed{8}</answer>";

  private StepLabel taggedLabel(String pass, String verdicts) {
    Solution solution = Rows.solution(WORDS, 0, TAGGED);
    int index = 0;
    for (String each : verdicts.split(" ", -1)) {
      List<Boolean> read = each.chars().mapToObj(c -> c == '1').toList();
      votes.add(
          new Verification(
              "v" + index,
              solution.solutionId(),
              solution.problemId(),
              index++,
              pass,
              read,
              !read.contains(false),
              "t",
              true,
              1,
              1,
              "j"));
    }
    return host.run(
            new AggregateStepLabels(),
            "{}",
            Map.of(
                "problems", List.of(host.shard(Tables.PROBLEMS, List.of(WORDS))),
                "solutions", List.of(host.shard(Tables.SOLUTIONS, List.of(solution))),
                "verifications", List.of(host.shard(Tables.VERIFICATIONS, votes))))
        .rows(Tables.STEP_LABELS)
        .get(0);
  }

  @ParameterizedTest
  @CsvSource({
    // The answer is a step where most of the votes have a verdict on it.
    "initial, 10 10 110, labelled, 2, 1, v0",
    "initial, 11 11 111, labelled, 2, -1, v0",
    "initial, 111 110 110, labelled, 3, 2, v1",
    "initial, 11 111, labelled, 3, -1, v1",
    "initial, 1 1 1, few_votes, 3, -1, ",
    // A wrong step before the answer says nothing of whether the answer is a step.
    "first_error, 11 100 100, labelled, 2, 1, v1",
    "first_error, 11 11 100, labelled, 2, -1, v0",
    "first_error, 100 100 100, labelled, 3, 1, v0",
    "first_error, 110 110 100, labelled, 3, 2, v0",
    "first_error, 111 11 000 100, tie, 3, -1, ",
    "first_error, 111 111 000 100, labelled, 3, -1, v0",
  })
  void answerOfATaggedSolution_isAStepWhereMostVotesJudgeIt(
      String pass, String verdicts, String status, int steps, int firstError, String target) {
    StepLabel label = taggedLabel(pass, verdicts);
    assertThat(label.status()).isEqualTo(status);
    assertThat(label.steps()).isEqualTo(List.of("2+2=4", "4*2=8", "\\boxed{8}").subList(0, steps));
    assertThat(label.stepLabels()).hasSize(status.equals("labelled") ? steps : 0);
    assertThat(label.firstError()).isEqualTo(firstError);
    assertThat(label.selectedVerification()).isEqualTo(target);
  }

  @Test
  void optionsChangeTheLabels() {
    add(RIGHT, "yyy", "yny", "yyy", "yny");
    assertThat(label("{tie: incorrect}").firstError()).isEqualTo(1);
    assertThat(label("{tie: first}").firstError()).isEqualTo(-1);
    assertThat(label("{estimator: soft}").stepScores()).containsExactly(1.0, 0.5, 1.0);
    assertThat(label("{estimator: soft}").estimator()).isEqualTo("soft");
    assertThat(label("{estimator: outcome_majority}").status()).isEqualTo("tie");
    StepLabel outcome = label("{estimator: outcome_majority, tie: incorrect}");
    assertThat(outcome.outcome()).isFalse();
    assertThat(outcome.stepLabels()).isEmpty();
    assertThat(outcome.selectedVerification()).isEqualTo(votes.get(1).verificationId());
  }

  private StepLabel label(String yaml) {
    return run(yaml).rows(Tables.STEP_LABELS).get(0);
  }

  @Test
  void selectionDecidesTheTarget() {
    Solution solution = add(RIGHT);
    for (int i = 0; i < 3; i++) {
      Verification vote = Rows.vote(solution, i, "yyy");
      votes.add(
          new Verification(
              vote.verificationId(),
              vote.solutionId(),
              vote.problemId(),
              i,
              "initial",
              vote.stepVerdicts(),
              true,
              i == 0 ? "long" : "short",
              true,
              0,
              0,
              "test"));
    }
    assertThat(label("{}").selectedVerification()).isEqualTo(votes.get(0).verificationId());
    assertThat(label("{select: most_frequent}").selectedVerification())
        .isEqualTo(votes.get(1).verificationId());
    votes.clear();
    // The majority says "incorrect, correct, correct"; no vote does.
    votes.addAll(Rows.votes(solution, "nyn", "nny", "yyy", "nyn", "nny"));
    assertThat(label("{}").status()).isEqualTo("no_match");
    assertThat(label("{select: nearest}").selectedVerification())
        .isEqualTo(votes.get(0).verificationId());
  }

  @Test
  void withoutTheGateEverySolutionMayBeLabelled() {
    add("4+5=9\n#9", "yn", "yn", "yn");
    assertThat(label("{}").status()).isEqualTo("gate");
    assertThat(label("{gate: false}").status()).isEqualTo("labelled");
    assertThat(label("{gate: false}").firstError()).isEqualTo(1);
  }

  @Test
  void rubricIsOneMoreVoteOfItsWeight() {
    Solution solution = add(RIGHT, "yyy", "yny");
    rubrics.add(
        new Rubric(
            "r",
            PROBLEM.problemId(),
            solution.solutionId(),
            List.of(new Criterion("line_1", "7", 1, "equals")),
            "test"));
    assertThat(label("{}").status()).isEqualTo("tie");
    assertThat(label("{rubric_weight: 1}").status()).isEqualTo("labelled");
    assertThat(label("{rubric_weight: 1}").stepScores()).containsExactly(1.0, 2 / 3.0, 1.0);
    // A rubric of the whole problem serves every solution.
    rubrics.set(
        0,
        new Rubric(
            "r",
            PROBLEM.problemId(),
            null,
            List.of(new Criterion("line_1", "8", 1, "equals")),
            "test"));
    assertThat(label("{rubric_weight: 1}").firstError()).isEqualTo(1);
  }

  @Test
  void surestPairsArePreferred() {
    Solution sure = add(RIGHT, "yyy", "yyy", "yyy");
    Solution unsure = add(RIGHT, "yyy", "yyn", "yyy");
    Solution wrong = add("4+5=8\n8-2=6\n#6", "nyy", "nyy", "yyy");
    Solution surelyWrong = add("4+5=7\n7-2=5\n#5", "nyy", "nyy", "nyy");
    add("4+5=9", "y", "y", "y"); // fails the gate: no claim, no pair
    StageRun run = run("{preferences: 3}");
    assertThat(run.rows(Tables.PREFERENCES))
        .extracting(
            Preference::chosenId,
            Preference::rejectedId,
            Preference::margin,
            Preference::strength,
            Preference::prompt,
            Preference::chosen)
        .containsExactly(
            tuple(sure.solutionId(), surelyWrong.solutionId(), 1.0, 1.0, "4+5-2", RIGHT),
            tuple(
                unsure.solutionId(),
                wrong.solutionId(),
                2 / 3.0 - 1 / 3.0,
                2 / 3.0 - 1 / 3.0,
                "4+5-2",
                RIGHT));
    assertThat(run("{preferences: 1}").rows(Tables.PREFERENCES)).hasSize(1);
    assertThat(run("{}").files("preferences")).isEmpty();
    assertThat(new AggregateStepLabels().wiring(config(0)).writes()).containsExactly("step_labels");
    assertThat(new AggregateStepLabels().wiring(config(1)).writes())
        .containsExactly("step_labels", "preferences");
  }

  private static AggregateStepLabels.Config config(int preferences) {
    return new AggregateStepLabels.Config(
        new StepMajority(Tie.DROP, Selection.FIRST, 0), true, preferences);
  }
}
