package dev.sluice.export;

import dev.sluice.records.Criterion;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Metric;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A run of sums: a workspace with every table that exports and reports read, made up by a seed. */
public final class FakeRun {
  /** A text of many alphabets, in the first problem and its solutions. */
  public static final String UNICODE = "π ≈ 3,14 · 数学 · \uD83E\uDD13 \"q\" \\ <b>&amp;</b>";

  private static final int SAMPLES = 4;
  private static final int VOTES = 8;

  private final Path workspace;
  private final Random random = new Random(7);
  private final List<Problem> problems = new ArrayList<>();
  private final List<Solution> solutions = new ArrayList<>();
  private final List<StepLabel> labels = new ArrayList<>();
  private final List<Preference> preferences = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> reported = new ArrayList<>();

  private FakeRun(Path workspace) {
    this.workspace = workspace;
  }

  /** A whole run over this many labelled problems, in two shards. */
  public static RunView whole(Path workspace, int count) throws IOException {
    FakeRun fake = new FakeRun(workspace);
    fake.make(count);
    fake.training(fake.upToLabels(true));
    return fake.open();
  }

  /** The same, and a stage that selected one solution to be learnt. */
  public static RunView selected(Path workspace, int count) throws IOException {
    FakeRun fake = new FakeRun(workspace);
    fake.make(count);
    fake.training(fake.upToLabels(true));
    List<Example> one = fake.examples().subList(0, 1);
    fake.stage("selected", "SelectSolutions").rows(Tables.EXAMPLES, one).commit();
    return fake.open();
  }

  /** A run that ends with labels, without preferences. */
  public static RunView upToLabels(Path workspace, int count) throws IOException {
    FakeRun fake = new FakeRun(workspace);
    fake.make(count);
    fake.upToLabels(false);
    return fake.open();
  }

  /**
   * A run of two problems with repeated solutions. The first problem has one text three times, with
   * both steps correct in two of them, another text twice, with labels that tie at its first step,
   * and a third text three times, whose majority calls both steps correct though only one copy
   * does. In the second problem C is preferred to D, D to E, and F twice to G.
   *
   * @param tie what the stage of the labels did with ties
   */
  public static RunView repeated(Path workspace, String tie) throws IOException {
    FakeRun fake = new FakeRun(workspace);
    for (String question : List.of("1+2", "3+4")) {
      fake.problems.add(problem(question, "train"));
    }
    fake.repeated("1+2=3", List.of(true, true), 8, List.of(1.0, 0.75));
    fake.repeated("1+2=3", List.of(true, false), 4, List.of(0.75, 0.25));
    fake.repeated("1+2=3", List.of(true, true), 4, List.of(0.5, 0.75));
    fake.repeated("1+2=4", List.of(false, false), 8, List.of(0.25, 0.125));
    fake.repeated("1+2=4", List.of(true, false), 8, List.of(0.75, 0.25));
    fake.repeated("1+2=5", List.of(false, true), 8, List.of(0.25, 1.0));
    fake.repeated("1+2=5", List.of(true, false), 8, List.of(1.0, 0.25));
    fake.repeated("1+2=5", List.of(true, true), 8, List.of(1.0, 1.0));
    for (String pair : List.of("CD", "DE", "FG", "FG")) {
      fake.preferences.add(fake.preferred(pair));
    }
    FakeStage made =
        fake.stage("problems", "SynthesizeProblems").rows(Tables.PROBLEMS, fake.problems).commit();
    FakeStage solved =
        fake.stage("solutions", "SampleSolutions")
            .input("problems", made, "problems")
            .rows(Tables.SOLUTIONS, fake.solutions)
            .commit();
    fake.stage("labels", "AggregateStepLabels")
        .config("estimator", Map.of("kind", "step_majority", "tie", tie))
        .input("problems", made, "problems")
        .input("solutions", solved, "solutions")
        .rows(Tables.STEP_LABELS, fake.labels)
        .rows(Tables.PREFERENCES, fake.preferences)
        .commit();
    return fake.open();
  }

  private void repeated(String line, List<Boolean> verdicts, int votes, List<Double> scores) {
    Problem problem = problems.get(0);
    int index = solutions.size();
    List<String> steps = List.of(line, "#" + line.substring(4));
    String text = String.join("\n", steps);
    Solution solution =
        new Solution(
            Hashes.childId(problem.problemId(), "SampleSolutions", index),
            problem.problemId(),
            index,
            text,
            steps,
            line.substring(4),
            "stop",
            11,
            13,
            -0.5,
            null,
            "solver",
            null,
            Hashes.id(text));
    solutions.add(solution);
    labels.add(
        new StepLabel(
            solution.solutionId(),
            problem.problemId(),
            "labelled",
            steps,
            scores,
            verdicts,
            verdicts.indexOf(false),
            !verdicts.contains(false),
            votes,
            scores,
            "step_majority",
            null));
  }

  private Preference preferred(String pair) {
    Problem problem = problems.get(1);
    return new Preference(
        Hashes.id(pair, preferences.size()),
        problem.problemId(),
        problem.question(),
        pair.substring(0, 1),
        pair.substring(1),
        0.5,
        0.5,
        "chosen" + preferences.size(),
        "rejected" + preferences.size());
  }

  /** A run of which only the problems are there; the labels' stage failed. */
  public static RunView upToProblems(Path workspace) throws IOException {
    FakeRun fake = new FakeRun(workspace);
    fake.make(2);
    fake.stage("problems", "SynthesizeProblems").rows(Tables.PROBLEMS, fake.problems).commit();
    fake.reported.add(fake.entry("labels", "AggregateStepLabels", "failed", null));
    return fake.open();
  }

  private void make(int count) {
    for (int p = 0; p < count; p++) {
      Problem problem = problem(p == 0 ? UNICODE : 10 + p + "+" + (2 + p % 8) + "*2", "train");
      problems.add(problem);
      List<Solution> right = new ArrayList<>();
      List<Solution> wrong = new ArrayList<>();
      for (int k = 0; k < SAMPLES; k++) {
        int error = random.nextInt(3) - 1; // step 0, step 1 or none
        boolean last = p == count - 1; // the last problem has no consensus
        Solution solution = solution(problem, k, error, p == 0);
        StepLabel label = label(solution, error, last ? "tie" : "labelled");
        solutions.add(solution);
        labels.add(label);
        if (label.outcome() != null) {
          (label.outcome() ? right : wrong).add(solution);
        }
      }
      if (!right.isEmpty() && !wrong.isEmpty()) {
        preferences.add(preference(problem, right.get(0), wrong.get(0)));
      }
    }
  }

  private static Problem problem(String question, String slice) {
    List<Message> messages = List.of(Message.user(question));
    return new Problem(
        Hashes.problemId(messages), messages, "42", slice, 2, Map.of("format", "arithmetic"));
  }

  private static Solution solution(Problem problem, int k, int error, boolean unicode) {
    List<String> steps =
        List.of(
            (unicode ? UNICODE + " " : "") + "1" + k + "+2=" + (error == 0 ? "9" : "1") + k,
            "2" + k + "*2=" + (error >= 0 ? "0" : "4") + k,
            "#4" + k);
    String text = String.join("\n", steps);
    return new Solution(
        Hashes.childId(problem.problemId(), "SampleSolutions", k),
        problem.problemId(),
        k,
        text,
        steps,
        "4" + k,
        "stop",
        11,
        13,
        -0.5,
        null,
        "solver",
        true,
        Hashes.id(text));
  }

  private StepLabel label(Solution solution, int error, String status) {
    boolean labelled = status.equals("labelled");
    List<Double> scores = new ArrayList<>();
    List<Boolean> verdicts = new ArrayList<>();
    List<Double> agreement = new ArrayList<>();
    for (int i = 0; i < solution.steps().size(); i++) {
      double agree = (5 + random.nextInt(4)) / (double) VOTES;
      boolean correct = i != error;
      verdicts.add(correct);
      agreement.add(agree);
      scores.add(correct ? agree : 1 - agree);
    }
    return new StepLabel(
        solution.solutionId(),
        solution.problemId(),
        status,
        solution.steps(),
        scores,
        labelled ? verdicts : List.of(),
        labelled ? error : -1,
        labelled ? error < 0 : null,
        VOTES,
        agreement,
        "step_majority",
        null);
  }

  private static Preference preference(Problem problem, Solution chosen, Solution rejected) {
    return new Preference(
        Hashes.id(chosen.solutionId(), rejected.solutionId()),
        problem.problemId(),
        problem.question(),
        chosen.text(),
        rejected.text(),
        0.5,
        0.5,
        chosen.solutionId(),
        rejected.solutionId());
  }

  private FakeStage stage(String name, String type) {
    FakeStage stage = new FakeStage(workspace, name, type);
    reported.add(entry(name, type, "ran", stage.folder().toString()));
    return stage;
  }

  private Map<String, @Nullable Object> entry(
      String name, String type, String state, @Nullable String artifact) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("type", type);
    entry.put("state", state);
    entry.put("artifact", artifact);
    return entry;
  }

  private FakeStage upToLabels(boolean preferred) throws IOException {
    int half = problems.size() / 2;
    FakeStage made =
        stage("problems", "SynthesizeProblems")
            .rows(Tables.PROBLEMS, problems.subList(0, half))
            .rows(Tables.PROBLEMS, problems.subList(half, problems.size()))
            .commit();
    int cut = half * SAMPLES;
    FakeStage solved =
        stage("solutions", "SampleSolutions")
            .input("problems", made, "problems")
            .reads("policy", Hashes.hex("solver"))
            .rows(Tables.SOLUTIONS, solutions.subList(0, cut))
            .rows(Tables.SOLUTIONS, solutions.subList(cut, solutions.size()))
            .commit();
    FakeStage labelled =
        stage("labels", "AggregateStepLabels")
            .input("problems", made, "problems")
            .input("solutions", solved, "solutions")
            .rows(Tables.STEP_LABELS, labels.subList(0, cut))
            .rows(Tables.STEP_LABELS, labels.subList(cut, labels.size()));
    if (preferred) {
      labelled.rows(Tables.PREFERENCES, preferences);
    }
    stage("rubrics", "GenerateRubrics")
        .input("problems", made, "problems")
        .rows(Tables.RUBRICS, rubrics())
        .commit();
    return labelled.commit();
  }

  /**
   * A run of problems with these questions, each with a correct and an incorrect solution whose
   * first step is the question too.
   */
  public static RunView ofTexts(Path workspace, List<String> questions) throws IOException {
    FakeRun fake = new FakeRun(workspace);
    for (String question : questions) {
      Problem problem = problem(question, "train");
      fake.problems.add(problem);
      Solution right = fake.solved(problem, 0, question, true);
      Solution wrong = fake.solved(problem, 1, question, false);
      fake.preferences.add(preference(problem, right, wrong));
    }
    fake.training(fake.upToLabels(true));
    return fake.open();
  }

  /** A run of one solution whose two steps have the scores 0.875 and 0.375 and no labels. */
  public static RunView soft(Path workspace) throws IOException {
    FakeRun fake = new FakeRun(workspace);
    Problem problem = problem("1+2", "train");
    fake.problems.add(problem);
    Solution solution = fake.solved(problem, 0, "1+2=3", true);
    fake.labels.set(
        0,
        new StepLabel(
            solution.solutionId(),
            problem.problemId(),
            "labelled",
            solution.steps(),
            List.of(0.875, 0.375),
            List.of(),
            -1,
            null,
            VOTES,
            List.of(),
            "soft",
            null));
    fake.upToLabels(false);
    return fake.open();
  }

  private Solution solved(Problem problem, int k, String step, boolean correct) {
    List<String> steps = List.of(step, "#" + k);
    String text = String.join("\n", steps);
    Solution solution =
        new Solution(
            Hashes.childId(problem.problemId(), "SampleSolutions", k),
            problem.problemId(),
            k,
            text,
            steps,
            step,
            "stop",
            1,
            1,
            null,
            null,
            "solver",
            null,
            Hashes.id(text));
    solutions.add(solution);
    labels.add(
        new StepLabel(
            solution.solutionId(),
            problem.problemId(),
            "labelled",
            steps,
            List.of(correct ? 1.0 : 0.25, 1.0),
            List.of(correct, true),
            correct ? -1 : 0,
            correct,
            VOTES,
            List.of(1.0, 1.0),
            "step_majority",
            null));
    return solution;
  }

  /** A rubric for each problem; the one of a problem without consensus abstains. */
  private List<Rubric> rubrics() {
    List<Rubric> rubrics = new ArrayList<>();
    for (int i = 0; i < problems.size(); i++) {
      String id = problems.get(i).problemId();
      List<Criterion> criteria =
          i == problems.size() - 1 && labels.get(labels.size() - 1).status().equals("tie")
              ? List.of()
              : List.of(
                  new Criterion("answer", "Shows 42 \"in a box\".", 1, "judge"),
                  new Criterion("line_0", problems.get(i).question(), 0.5, "contains"));
      rubrics.add(
          new Rubric(Hashes.childId(id, "GenerateRubrics", 0), id, null, criteria, "problem"));
    }
    return rubrics;
  }

  /** For each labelled solution what a verifier learns. */
  private List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < solutions.size(); i++) {
      if (labels.get(i).status().equals("labelled")) {
        Solution solution = solutions.get(i);
        examples.add(
            new Example(
                Hashes.childId(solution.solutionId(), "TrainReward/PRM_COT", 0),
                "Judge: " + solution.text() + "\n",
                labels.get(i).stepLabels().toString(),
                1,
                List.of(),
                List.of(solution.solutionId())));
      }
    }
    return examples;
  }

  private void training(FakeStage labels) throws IOException {
    List<Metric> losses = new ArrayList<>();
    for (int step = 1; step <= 100; step++) {
      losses.add(Metric.of("TrainReward", 0, step, "loss", 1.5 / Math.sqrt(step) + 0.05));
    }
    stage("reward", "TrainReward")
        .input("labels", labels, "step_labels")
        .reads("verifier", Hashes.hex("judge"))
        .rows(Tables.METRICS, losses)
        .rows(Tables.EXAMPLES, examples())
        .model(FakeTraining.tinyModel())
        .commit();
    FakeStage training =
        stage("rl_problems", "SynthesizeProblems")
            .rows(Tables.PROBLEMS, List.of(problem("50+1", "train"), problem("51+2*3", "train")))
            .commit();
    List<Problem> devProblems =
        List.of(problem("60+1*2", "dev"), problem("61-2*3", "dev"), problem("62+3*4", "dev"));
    FakeStage dev =
        stage("dev_problems", "SynthesizeProblems").rows(Tables.PROBLEMS, devProblems).commit();
    policy(training, dev, devProblems);
    FakeStage test =
        stage("test_problems", "SynthesizeProblems")
            .rows(Tables.PROBLEMS, List.of(problem("70+1*2", "test")))
            .commit();
    stage("report", "Evaluate")
        .input("problems", test, "problems")
        .rows(Tables.METRICS, FakeTraining.evaluation())
        .metric(Metric.of("Evaluate", 0, 0, "alarm/divergence", 25))
        .commit();
  }

  private void policy(FakeStage training, FakeStage dev, List<Problem> devProblems)
      throws IOException {
    List<Metric> metrics = new ArrayList<>();
    List<Rollout> looks = new ArrayList<>();
    for (int round = 1; round <= 40; round++) {
      double reward = 0.3 + 0.6 * round / 40 + 0.1 * random.nextDouble();
      metrics.add(Metric.of("UpdatePolicy", round, 0, "reward/mean", reward));
    }
    for (int round = 0; round <= 40; round += 40) {
      for (Problem problem : devProblems) {
        looks.add(FakeTraining.rollout(problem, round));
      }
    }
    stage("grpo", "UpdatePolicy")
        .input("problems", training, "problems")
        .input("dev", dev, "problems")
        .reads("policy", Hashes.hex("solver"))
        .rows(Tables.ROLLOUTS, List.of(FakeTraining.rollout(devProblems.get(0), 1)))
        .rows(Tables.DEV_ROLLOUTS, looks)
        .rows(Tables.METRICS, metrics)
        .metric(Metric.of("UpdatePolicy", 0, 0, "alarm/lines", 0))
        .metric(Metric.of("UpdatePolicy", 0, 0, "alarm/appended", 0))
        .model(FakeTraining.tinyModel())
        .commit();
  }

  private RunView open() throws IOException {
    Path folder = workspace.resolve("runs").resolve("20261101-000000-abc");
    Files.createDirectories(folder);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("run_id", "20261101-000000-abc");
    report.put("state", "succeeded");
    report.put("reference_free", true);
    report.put("seconds", 61.5);
    report.put("stages", reported);
    Files.writeString(folder.resolve("report.json"), Json.pretty(report));
    return RunView.open(folder);
  }
}
