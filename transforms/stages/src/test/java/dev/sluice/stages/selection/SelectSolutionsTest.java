package dev.sluice.stages.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectSolutionsTest {
  private static final Problem PROBLEM = Rows.arithmetic("4+5-2");
  private static final Problem OTHER = Rows.arithmetic("7+2");
  private static final String RIGHT = "4+5=9\n9-2=7\n#7";
  private static final String WRONG = "4+5=9\n9-2=8\n#8";
  private static final String SHORT = "4+5=9\n#9";
  private static final String JUDGED = "reward: [{kind: process, model: judge}]";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private StageHost host() {
    return new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()))
        .with(
            "judge",
            (prompt, sampling, index, seed) -> {
              if (prompt.contains("9-2=0")) {
                throw new IllegalArgumentException("the server did not answer");
              }
              return ArithmeticScripts.verify(prompt);
            });
  }

  private StageRun run(String yaml, List<Problem> problems, Solution... solutions) {
    StageHost host = host();
    return host.run(
        new SelectSolutions(),
        "{" + yaml + "}",
        Map.of(
            "problems", List.of(host.shard(Tables.PROBLEMS, problems)),
            "solutions", List.of(host.shard(Tables.SOLUTIONS, List.of(solutions)))));
  }

  private static Solution[] solutions(Problem problem, String... texts) {
    List<Solution> solutions = new ArrayList<>();
    for (String text : texts) {
      solutions.add(Rows.solution(problem, solutions.size(), text));
    }
    return solutions.toArray(Solution[]::new);
  }

  private static List<String> sources(StageRun run) {
    return run.rows(Tables.EXAMPLES).stream().map(row -> row.sourceIds().get(0)).toList();
  }

  private static String id(Problem problem, int k) {
    return problem.problemId() + "-" + k;
  }

  private static Solution withEnd(Solution solution, String finishReason, int tokens) {
    return new Solution(
        solution.solutionId(),
        solution.problemId(),
        solution.sampleIndex(),
        solution.text(),
        solution.steps(),
        solution.finalAnswer(),
        finishReason,
        0,
        tokens,
        null,
        null,
        solution.model(),
        null,
        solution.contentHash());
  }

  @Test
  void rightSolution_isAnExampleOnceAndUnderThePromptOfASolver() {
    StageRun run = run(JUDGED, List.of(PROBLEM), solutions(PROBLEM, SHORT, RIGHT, WRONG, RIGHT));
    assertThat(run.rows(Tables.EXAMPLES))
        .containsExactly(
            new Example(
                Hashes.childId(id(PROBLEM, 1), "SelectSolutions", 0),
                TaskFormat.of(PROBLEM).solvePrompt(PROBLEM),
                RIGHT,
                1,
                List.of(),
                List.of(id(PROBLEM, 1))));
    assertThat(run.counts()).isEqualTo(new Counts(4, 1, 1, 0, 0));
    assertThat(run.tables()).containsOnlyKeys("examples");
    assertThat(
            sources(
                run(
                    JUDGED + ", select: {kind: above, distinct: false}",
                    List.of(PROBLEM),
                    solutions(PROBLEM, SHORT, RIGHT, WRONG, RIGHT))))
        .containsExactly(id(PROBLEM, 1), id(PROBLEM, 3));
  }

  @Test
  void promptOfAFamily_isThatOfTheExamplesAndItsGateApplies() {
    Problem words = Rows.words("Ann has 2 pens and buys 3. How many has she?", "5");
    StageRun run =
        run(
            "reward: [{kind: reference}], prompt: tagged, success: 0",
            List.of(words),
            solutions(
                words,
                "2 + 3 = 5\nAnswer: 5",
                "<think><step>2 + 3 = 5</step></think>\n<answer>\\boxed{5}</answer>"));
    assertThat(sources(run)).containsExactly(id(words, 1));
    assertThat(run.rows(Tables.EXAMPLES).get(0).prompt())
        .contains("Ann has 2 pens")
        .contains("<step>");
  }

  /** The majority of all five is 8, although a judge would call 7 right. */
  @Test
  void termsOfAGroup_findAllSolutionsOfTheProblem() {
    assertThat(
            sources(
                run(
                    "reward: [{kind: majority}], select: {kind: best, count: 1}",
                    List.of(PROBLEM, OTHER),
                    solutions(PROBLEM, RIGHT, WRONG, SHORT, WRONG, RIGHT + "\n"))))
        .containsExactly(id(PROBLEM, 1));
  }

  @Test
  void pairs_areOfTheBestAndTheWorstAndOfNoTie() {
    Solution[] all = solutions(PROBLEM, WRONG, RIGHT, SHORT);
    StageRun run =
        run(
            "reward: [{kind: process, model: judge, score: fraction, gate: false}], pairs: best_worst",
            List.of(PROBLEM, OTHER),
            all[0],
            all[1],
            all[2],
            Rows.solution(OTHER, 0, "7+2=9\n#9"),
            Rows.solution(OTHER, 1, "7+2=9\n#9"));
    // Rewards are 2 of 3 lines, all, and 1 of 2 lines.
    assertThat(run.rows(Tables.PREFERENCES))
        .containsExactly(
            new Preference(
                Hashes.id(id(PROBLEM, 1), id(PROBLEM, 2)),
                PROBLEM.problemId(),
                "4+5-2",
                RIGHT,
                SHORT,
                0.5,
                0.5,
                id(PROBLEM, 1),
                id(PROBLEM, 2)));
    assertThat(run.metric("select/pairs")).isEqualTo(1);
  }

  @Test
  void passRate_keepsProblemsInTheirShardsWithTheirReferences() {
    Problem third = Rows.arithmetic("9-9");
    Problem fourth = Rows.arithmetic("1+1");
    StageHost host = host();
    StageRun run =
        host.run(
            new SelectSolutions(),
            "{%s, pairs: right_wrong, pass_rate: {min_inclusive: false, max_inclusive: false}}"
                .formatted(JUDGED),
            Map.of(
                "problems",
                List.of(
                    host.shard(Tables.PROBLEMS, List.of(PROBLEM, OTHER)),
                    host.shard(Tables.PROBLEMS, List.of(third, fourth))),
                "solutions",
                List.of(
                    host.shard(
                        Tables.SOLUTIONS,
                        List.of(
                            Rows.solution(PROBLEM, 0, WRONG),
                            Rows.solution(PROBLEM, 1, RIGHT),
                            Rows.solution(OTHER, 0, "7+2=9\n#9"))),
                    host.shard(Tables.SOLUTIONS, List.of(Rows.solution(third, 0, "9-9=1\n#1"))))));
    assertThat(run.rows(Tables.PROBLEMS)).containsExactly(PROBLEM);
    assertThat(run.files("problems")).extracting(ShardFile::rows).containsExactly(1L, 0L);
    assertThat(run.rows(Tables.DROPPED_PROBLEMS))
        .containsExactly(
            new DroppedProblem(OTHER.problemId(), "pass_rate", "", 0, 1.0),
            new DroppedProblem(third.problemId(), "pass_rate", "", 0, 0.0),
            new DroppedProblem(fourth.problemId(), "unscored", "", 0, null));
    assertThat(sources(run)).containsExactly(id(PROBLEM, 1));
    assertThat(run.rows(Tables.PREFERENCES))
        .extracting(Preference::chosenId)
        .containsExactly(id(PROBLEM, 1));
    assertThat(run.metric("select/problems_kept")).isEqualTo(1);
    assertThat(run.metric("select/problems_dropped")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{min: 0.25, max: 0.625}  | 0.25  | true",
        "{min: 0.25, max: 0.625}  | 0.625 | true",
        "{min: 0.25, max: 0.625}  | 0.75  | false",
        "{min: 0.2, max: 0.8}     | 0.2   | true",
        "{min: 0.2, max: 0.8}     | 0.8   | true",
        "{min_inclusive: false}   | 0     | false",
        "{min_inclusive: false}   | 1     | true",
        "{max: 0.5, max_inclusive: false} | 0.5 | false"
      })
  void passRate_saysWhetherItsBoundsAreKept(String yaml, double rate, boolean kept) {
    assertThat(Configs.of(SelectSolutionsConfig.PassRate.class, yaml).keeps(rate)).isEqualTo(kept);
  }

  @Test
  void solutionThatNoJudgeAnswersFor_isADeadLetterAndCountsForNothing() {
    StageRun run =
        run(
            JUDGED + ", pass_rate: {min: 1}",
            List.of(PROBLEM),
            solutions(PROBLEM, RIGHT, "4+5=9\n9-2=0\n#0"));
    assertThat(run.dead()).hasSize(1);
    DeadLetter letter = run.dead().get(0);
    assertThat(letter.recordId()).isEqualTo(Hashes.childId(id(PROBLEM, 1), "SelectSolutions", 0));
    assertThat(letter.stage()).isEqualTo("SelectSolutions");
    assertThat(letter.errorMessage())
        .startsWith("Judging a solution of problem " + PROBLEM.problemId() + ": ")
        .contains("the server did not answer");
    assertThat(run.counts()).isEqualTo(new Counts(2, 2, 1, 1, 0));
    assertThat(run.rows(Tables.PROBLEMS)).containsExactly(PROBLEM);
  }

  @Test
  void solutionThatWasCutOff_isNeitherLearntNorPreferred() {
    Solution[] all = solutions(PROBLEM, RIGHT, WRONG);
    StageRun run =
        run(
            "reward: [{kind: process, model: judge, gate: false}], select: best, pairs: best_worst",
            List.of(PROBLEM),
            withEnd(all[0], "length", 12),
            all[1]);
    assertThat(sources(run)).containsExactly(id(PROBLEM, 1));
    assertThat(run.rows(Tables.PREFERENCES)).isEmpty();
  }

  @Test
  void emptySolution_isNotLearnt() {
    StageRun run =
        run(
            "reward: [{kind: random, probability: 1, gate: false}], select: {kind: best, count: 3}",
            List.of(PROBLEM),
            solutions(PROBLEM, "", " \n", SHORT));
    assertThat(sources(run)).containsExactly(id(PROBLEM, 2));
  }

  @Test
  void lengthOfASolution_countsWhereItIsKnown() {
    Solution[] all = solutions(PROBLEM, RIGHT, RIGHT + "\n", WRONG);
    StageRun run =
        run(
            "reward: [{kind: reference}, {kind: overlong, max: 10, cache: 5}], success: 0.3",
            List.of(PROBLEM),
            withEnd(all[0], "stop", 8),
            withEnd(all[1], "stop", 9),
            withEnd(all[2], "file", 0));
    // 1 - 3/5 is above 0.3, 1 - 4/5 is not.
    assertThat(sources(run)).containsExactly(id(PROBLEM, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorClass, DeadLetter::errorMessage)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "missing",
                "Reading a solution of problem %s: the reward needs its number of tokens, which a stored solution does not have"
                    .formatted(PROBLEM.problemId())));
  }

  @Test
  void metrics_areOfAllSolutionsAndProblems() {
    StageRun run =
        run(
            "reward: [{kind: process, model: judge, score: fraction}], success: 0.9",
            List.of(PROBLEM, OTHER),
            Rows.solution(PROBLEM, 0, WRONG),
            Rows.solution(PROBLEM, 1, RIGHT),
            Rows.solution(PROBLEM, 2, SHORT),
            Rows.solution(OTHER, 0, "7+2=9\n#9"));
    assertThat(run.metric("select/scored")).isEqualTo(4);
    assertThat(run.metric("select/right")).isEqualTo(2);
    assertThat(run.metric("select/selected")).isEqualTo(2);
    assertThat(run.metric("select/reward")).isEqualTo((2 / 3.0 + 1 + 0 + 1) / 4);
    assertThat(run.metric("select/reward_selected")).isEqualTo(1);
    assertThat(run.metric("select/pass_rate")).isEqualTo((1 / 3.0 + 1) / 2);
    assertThat(run.metric("select/problems_pass_rate_to_50")).isEqualTo(1);
    assertThat(run.metric("select/problems_pass_rate_all")).isEqualTo(1);
    assertThat(run.metric("select/problems_pass_rate_none")).isZero();
    assertThat(run.metrics()).doesNotContainKeys("select/pairs", "select/problems_kept");
    assertThat(run.metrics().keySet())
        .allMatch(
            name -> SelectionCounts.DEFINITIONS.stream().anyMatch(each -> each.defines(name)));
    assertThat(run.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.01, to_25", "0.25, to_25", "0.26, to_50", "0.75, to_75", "0.999, to_99", "1, all"})
  void classOfAPassRate_holdsItsUpperEnd(double rate, String expected) {
    assertThat(SelectionCounts.classOf(rate)).isEqualTo(expected);
  }

  @Test
  void nothingSelected_isAWarningWithTheHighestReward() {
    StageRun run =
        run(
            "reward: [{kind: process, model: judge, weight: 0.5}]",
            List.of(PROBLEM),
            solutions(PROBLEM, RIGHT, WRONG));
    assertThat(run.warnings())
        .containsExactly(
            "None of 2 scored solutions is selected, so the table examples is empty. The highest reward is 0.5; 'select: above' takes what is above its threshold ('success': 0.5).");
    assertThat(
            run(JUDGED + ", pass_rate: {max: 0.4}", List.of(PROBLEM), solutions(PROBLEM, RIGHT))
                .warnings())
        .singleElement()
        .asString()
        .startsWith("No problem is kept");
  }

  private static List<String> mistakes(String yaml) {
    return new SelectSolutions()
        .mistakes(Configs.of(SelectSolutionsConfig.class, "{" + yaml + "}")).stream()
            .map(ConfigMistake::message)
            .toList();
  }

  @Test
  void partThatNeedsAPolicyUnderTraining_isRefusedWithTheReason() {
    assertThat(mistakes("reward: [{kind: confidence}]"))
        .containsExactly(
            "the reward 'confidence' needs log-probabilities of tokens, which the table solutions does not hold; leave it out here, or use it in UpdatePolicy");
    assertThat(mistakes("reward: [{kind: majority, shape: [{kind: par}]}]"))
        .containsExactly(
            "the shape 'par' compares with responses of the initial policy, which this stage does not sample; leave it out here, or use it in UpdatePolicy");
    assertThat(
            mistakes(
                "reward: [{kind: rubric, shape: [{kind: trust, outcome: majority}]}, {kind: majority, weight: 0}]"))
        .containsExactly(
            "the shape 'trust' needs the number of the round, but this stage has no rounds; leave it out here, or use it in UpdatePolicy");
    assertThat(mistakes("reward: [{kind: majority, shape: [{kind: renorm, outcome: rubric}]}]"))
        .singleElement()
        .asString()
        .startsWith("the shape reads the reward 'rubric', but no other term is of that kind");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{min: 0.8, max: 0.2} | no pass rate is at least 0.8 and at most 0.2; set 'min' below 'max'",
        "{min: 0.5, max: 0.5, max_inclusive: false} | no pass rate is at least 0.5 and below 0.5; set 'min' below 'max'",
        "{} | every pass rate from 0 to 1 is kept; narrow 'min' and 'max', write 'min_inclusive: false' and 'max_inclusive: false' to drop problems that all or no solutions solve, or leave the key out"
      })
  void passRateThatKeepsNothingOrEverything_isRefused(String yaml, String message) {
    assertThat(mistakes("reward: [{kind: majority}], pass_rate: " + yaml)).containsExactly(message);
  }

  @Test
  void reward_decidesWhetherTheRunIsReferenceFree() {
    Wiring free = wiring("reward: [{kind: majority}]");
    assertThat(free.loadsReference()).isFalse();
    assertThat(free.referenceFree()).isTrue();
    assertThat(free.writes()).containsExactly("examples");
    // References travel through with the problems, and no label depends on them.
    Wiring filtered =
        wiring("reward: [{kind: majority}], pairs: best_worst, pass_rate: {min: 0.1}");
    assertThat(filtered.loadsReference()).isTrue();
    assertThat(filtered.referenceFree()).isTrue();
    assertThat(filtered.writes())
        .containsExactly("examples", "preferences", "problems", "dropped_problems");
    Wiring grounded = wiring("reward: [{kind: reference}]");
    assertThat(grounded.loadsReference()).isTrue();
    assertThat(grounded.referenceFree()).isFalse();
  }

  private static Wiring wiring(String yaml) {
    return new SelectSolutions().wiring(Configs.of(SelectSolutionsConfig.class, "{" + yaml + "}"));
  }
}
