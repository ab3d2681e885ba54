package dev.sluice.stages.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.objective.RationaleObjective;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.RandomStream;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.aggregation.AggregateStepLabels;
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
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainRewardTest {
  private static final String RIGHT = "4+5=9\n9-2=7\n#7";
  private static final String WRONG = "4+5=9\n9-2=8\n#8";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final FakeModels models = new FakeModels(weights -> ArithmeticScripts.world());
  private final List<Problem> problems = new ArrayList<>();
  private final List<Solution> solutions = new ArrayList<>();
  private final List<Verification> votes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private StageHost host;

  @BeforeEach
  void setUp() {
    host = new StageHost(folder, models);
    FakeModels.write(folder.resolve("start"), "start");
    host.with("base", folder.resolve("start"));
  }

  private Solution add(Problem problem, String text, String... verdicts) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
    Solution solution = Rows.solution(problem, solutions.size(), text);
    solutions.add(solution);
    votes.addAll(Rows.votes(solution, verdicts));
    return solution;
  }

  private StageRun run(String labels, String yaml) {
    Map<String, List<ShardFile>> inputs = new TreeMap<>();
    inputs.put("problems", List.of(host.shard(Tables.PROBLEMS, problems)));
    inputs.put("solutions", List.of(host.shard(Tables.SOLUTIONS, solutions)));
    inputs.put("verifications", List.of(host.shard(Tables.VERIFICATIONS, votes)));
    StageRun aggregated = host.run(new AggregateStepLabels(), labels, inputs);
    inputs.put("step_labels", aggregated.files("step_labels"));
    return host.run(new TrainReward(), yaml, inputs);
  }

  private void chains() {
    Problem problem = Rows.arithmetic("4+5-2");
    add(problem, RIGHT, "yyy", "yyy", "yny");
    add(problem, WRONG, "yny", "yyy", "yny");
    add(problem, "4+5=9\n#9", "yy", "yy", "yy"); // fails the gate
    add(problem, RIGHT, "yyy", "nyy", "zzz", "zzz"); // tie
  }

  @Test
  void adaptersAreTheTrainers() {
    chains();
    run("{}", "{model: base, steps: 1, lora: {rank: 4}}");
    assertThat(models.steps().get(0).options().lora())
        .isEqualTo(new Lora(4, 16, List.of(Lora.Matrix.values())));
  }

  @Test
  void promptCotLearnsTheSelectedVerification() {
    chains();
    StageRun run = run("{}", "{model: base, steps: 1, batch_size: 2, balance: {by: none}}");
    Solution first = solutions.get(0);
    assertThat(run.rows(Tables.EXAMPLES))
        .containsExactly(
            new Example(
                Hashes.childId(first.solutionId(), "TrainReward/PRM_COT", 0),
                "4+5-2:" + RIGHT + "?",
                "vote 0: yyy",
                1.0,
                List.of(),
                List.of(first.solutionId(), first.solutionId() + "/0")),
            new Example(
                Hashes.childId(solutions.get(1).solutionId(), "TrainReward/PRM_COT", 0),
                "4+5-2:" + WRONG + "?",
                "vote 0: yny",
                1.0,
                List.of(),
                List.of(solutions.get(1).solutionId(), solutions.get(1).solutionId() + "/0")));
    assertThat(run.metric("examples")).isEqualTo(2);
    assertThat(run.metric("examples/called_right")).isEqualTo(1);
    FakeModels.Step step = models.steps().get(0);
    assertThat(step.loss()).isEqualTo(new Loss.CrossEntropy());
    assertThat(step.options().head()).isEqualTo(TrainerOptions.Head.LANGUAGE_MODEL);
    TrainingSequence row = step.batch().get(0);
    // 21 characters of prompt carry no loss; 11 of the vote and the end of text do.
    assertThat(row.tokens()).hasSize(21 + 12).endsWith(0);
    for (int i = 0; i < row.weights().length; i++) {
      assertThat(row.weights()[i]).isEqualTo(i < 21 ? 0f : 1f);
    }
  }

  @Test
  void promptTextLearnsVerdictsAlone() {
    chains();
    assertThat(run("{}", "{model: base, objective: prm_text, steps: 1}").rows(Tables.EXAMPLES))
        .extracting(Example::completion)
        .containsExactly("a y y y", "a y n y");
  }

  @Test
  void outcomeLearnsOneWordAndNothingAfterIt() {
    chains();
    StageRun run = run("{}", "{model: base, objective: orm, steps: 1, batch_size: 1}");
    assertThat(run.rows(Tables.EXAMPLES)).extracting(Example::completion).containsExactly("y", "n");
    assertThat(run.rows(Tables.EXAMPLES).get(0).prompt()).isEqualTo("4+5-2:" + RIGHT + "??");
    TrainingSequence row = models.steps().get(0).batch().get(0);
    assertThat(row.tokens()).hasSize(23);
    assertThat(row.weights()[21]).isZero();
    assertThat(row.weights()[22]).isEqualTo(1f);
  }

  @Test
  void classifierLearnsTheLastTokenOfEveryStep() {
    chains();
    StageRun run =
        run("{estimator: soft}", "{model: base, objective: prm, steps: 1, balance: {by: none}}");
    assertThat(run.rows(Tables.EXAMPLES).get(1).stepLabels()).containsExactly(1.0, 1 / 3.0, 1.0);
    FakeModels.Step step = models.steps().get(0);
    assertThat(step.loss()).isEqualTo(new Loss.StepClassification());
    assertThat(step.options().head()).isEqualTo(TrainerOptions.Head.STEP_CLASSIFICATION);
    TrainingSequence row =
        step.batch().stream().filter(each -> each.labels()[17] < 1).findFirst().orElseThrow();
    // "4+5-2:" ends at 5, "4+5=9" at 10, "9-2=8" at 16, "#8" at 19.
    assertThat(row.tokens()).hasSize(20);
    List<Integer> weighted = new ArrayList<>();
    for (int i = 0; i < row.weights().length; i++) {
      if (row.weights()[i] != 0) {
        weighted.add(i);
      }
    }
    assertThat(weighted).containsExactly(10, 16, 19);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prm_cot", "prm_text", "orm"})
  void onlyTheClassifierTakesSoftLabels(String name) {
    chains();
    assertThatThrownBy(
            () -> run("{estimator: soft}", "{model: base, objective: " + name + ", steps: 1}"))
        .hasMessage(
            "Training a reward model: none of the 4 labels gives an example for the objective '%s'. Look at the status column of step_labels to see why."
                .formatted(name));
  }

  @Test
  void halfOfTheDrawsAreCalledWrong() {
    List<Boolean> right = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      right.add(i % 10 != 0);
    }
    Balance consensus = Configs.of(Balance.class, "{}");
    List<Integer> drawn = consensus.draw(right, 20_000, new RandomStream(1));
    assertThat(drawn.stream().filter(right::get).count()).isBetween(9_800L, 10_200L);
    assertThat(drawn).contains(0, 1, 98, 99, 90);
    // The draws exactly: a coin, then one of its side.
    RandomStream random = new RandomStream(3);
    RandomStream copy = new RandomStream(3);
    for (int index : consensus.draw(List.of(true, false, false, true), 6, random)) {
      int[] pool = copy.nextInt(2) == 0 ? new int[] {0, 3} : new int[] {1, 2};
      assertThat(index).isEqualTo(pool[copy.nextInt(2)]);
    }
    // With one side alone, and by nobody, all are alike.
    assertThat(consensus.draw(List.of(true, true), 4, new RandomStream(5)))
        .isEqualTo(
            Configs.of(Balance.class, "{by: none}")
                .draw(List.of(true, true), 4, new RandomStream(5)));
  }

  @Test
  void batchesDependOnTheStepAlone() {
    chains();
    run("{}", "{model: base, steps: 3, batch_size: 5}");
    List<Boolean> right = List.of(true, false);
    for (FakeModels.Step step : models.steps()) {
      RandomStream random =
          new RandomStream(Hashes.seed(7, "TrainReward", "batch", 0, "", step.number()));
      List<Integer> drawn = Configs.of(Balance.class, "{}").draw(right, 5, random);
      for (int i = 0; i < 5; i++) {
        String text = new String(step.batch().get(i).tokens(), 0, 21);
        assertThat(text).isEqualTo("4+5-2:" + (drawn.get(i) == 0 ? RIGHT : WRONG) + "?");
      }
    }
    assertThat(models.steps()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void referenceBalancesEveryProblem(int cap) {
    Problem mixed = Rows.words("How many?", "two and two\nA: $4.00");
    for (String answer : List.of("4", "4", "4.0", "5", "6")) {
      add(mixed, "A: " + answer, "y");
    }
    Problem easy = Rows.words("And now?", "1");
    add(easy, "A: 1", "y");
    add(easy, "A: 1.00", "y");
    List<Example> examples =
        run("{}", "{model: base, steps: 1, balance: {by: reference, cap: %d}}".formatted(cap))
            .rows(Tables.EXAMPLES);
    List<String> kept = examples.stream().map(example -> example.sourceIds().get(0)).toList();
    List<String> rights =
        solutions.subList(0, 3).stream().map(Solution::solutionId).filter(kept::contains).toList();
    List<String> wrongs =
        solutions.subList(3, 5).stream().map(Solution::solutionId).filter(kept::contains).toList();
    assertThat(rights).hasSize(cap);
    assertThat(wrongs).hasSize(cap);
    // A problem with one kind alone gives nothing; the order is that of the labels.
    assertThat(kept).hasSize(2 * cap).isSorted();
  }

  @Test
  void referenceIsDeclared() {
    TrainReward type = new TrainReward();
    TrainReward.Config plain = Configs.of(TrainReward.Config.class, "{model: m}");
    assertThat(type.wiring(plain).loadsReference()).isFalse();
    assertThat(type.wiring(plain).referenceFree()).isTrue();
    TrainReward.Config grounded =
        Configs.of(TrainReward.Config.class, "{model: m, balance: {by: reference}}");
    assertThat(type.wiring(grounded).loadsReference()).isTrue();
    assertThat(type.wiring(grounded).referenceFree()).isFalse();
    assertThat(plain.balance()).isEqualTo(new Balance(Balance.By.CONSENSUS, 3, 42));
    assertThat(plain.objective()).isEqualTo(new RationaleObjective());
  }

  /** Statuses other than labelled never reach the reward model. */
  @Test
  void labelsWithoutAnExampleAreCounted() {
    chains();
    StageRun run = run("{}", "{model: base, steps: 1}");
    assertThat(run.counts().in()).isEqualTo(4);
    assertThat(run.counts().out()).isEqualTo(1);
  }
}
