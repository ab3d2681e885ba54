package dev.sluice.pipelines.file;

import dev.sluice.models.provider.ModelsPlugin;
import dev.sluice.models.training.Optimizer;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stages that do nothing, with the names and keys of the quickstart. */
public final class ToyStages {
  private ToyStages() {}

  record Range(
      @Key(value = "Fewest.", byDefault = "2", min = 1, max = 6) int min,
      @Key(value = "Most.", byDefault = "6", min = 1, max = 6) int max) {
    Range {
      if (max < min) {
        throw new IllegalArgumentException(
            "max must be at least min (%d), but is %d".formatted(min, max));
      }
    }
  }

  enum Slice {
    TRAIN,
    DEV,
    TEST
  }

  @Port("toy source")
  interface Source {}

  @Kind(value = "arithmetic", doc = "Chains of the arithmetic world.")
  record Arithmetic(
      @Key(value = "Distinct problems.", min = 1) int count,
      @Key(value = "Operations of a problem.", byDefault = "{}") Range ops,
      @Key(value = "Which slice.", byDefault = "train") Slice slice,
      @Key(value = "Makes other draws.", byDefault = "\"\"") String salt)
      implements Source {}

  @Kind(value = "file", doc = "Rows of a file.")
  record FileSource(
      @Key(value = "Path of the file.", refersTo = "file") String path,
      @Key(value = "Column of each field.", byDefault = "{}") Map<String, String> columns)
      implements Source {}

  record Synthesize(@Key("Where problems come from.") Source source) {}

  record Sample(
      @Key(value = "The model that solves.", refersTo = "model") String model,
      @Key(value = "Solutions per problem.", byDefault = "4", min = 1, max = 1024) int samples,
      @Key(value = "Temperature.", byDefault = "1.0", min = 0, max = 2) double temperature,
      @Key(value = "Most tokens.", byDefault = "64", min = 1) int maxTokens,
      @Key(value = "Rows decoded together.", byDefault = "64", min = 4, tuning = true)
          int decodeBatch) {}

  record Rubrics(
      @Key(
              value = "How.",
              byDefault = "consensus",
              choices = {"consensus", "template"})
          String strategy) {}

  enum Granularity {
    STEP,
    OUTCOME
  }

  record Verify(
      @Key(value = "The model that judges.", refersTo = "model") String model,
      @Key(value = "Votes per solution.", byDefault = "8", min = 1, max = 256) int votes,
      @Key(value = "What is judged.", byDefault = "step") Granularity granularity,
      @Key(value = "Temperature.", byDefault = "1.0", min = 0, max = 2) double temperature,
      @Key(value = "Most tokens.", byDefault = "96", min = 1) int maxTokens) {}

  record Aggregate(
      @Key(
              value = "How.",
              byDefault = "step_majority",
              choices = {"outcome_majority", "step_majority", "soft"})
          String estimator,
      @Key(
              value = "Which verification.",
              byDefault = "first",
              choices = {"first", "most_frequent"})
          String select) {}

  record Balance(
      @Key(
              value = "By what.",
              byDefault = "none",
              choices = {"none", "consensus"})
          String by) {}

  record Train(
      @Key(value = "The model to start from.", refersTo = "model") String model,
      @Key(
              value = "What is learnt.",
              choices = {"orm", "prm", "prm_cot"})
          String objective,
      @Key(value = "How batches are drawn.", byDefault = "{}") Balance balance,
      @Key(value = "Steps.", byDefault = "200", min = 1) int steps,
      @Key(value = "Examples per step.", byDefault = "32", min = 1) int batchSize,
      @Key(value = "The optimiser.", byDefault = "{}") Optimizer optimizer) {}

  @Port("toy reward")
  interface Reward {}

  @Kind(value = "process", doc = "A judge of steps.")
  record ProcessReward(
      @Key(value = "The judge.", refersTo = "model") String model,
      @Key(value = "Votes.", byDefault = "1", min = 1) int votes,
      @Key(value = "Temperature.", byDefault = "1.0", min = 0) double temperature)
      implements Reward {}

  @Kind(value = "reference", doc = "The reference answer.", aliases = "gold")
  record ReferenceReward() implements Reward {}

  record WeightedReward(
      @Key(value = "The reward.", inline = true) Reward reward,
      @Key(value = "Weight.", byDefault = "1.0", min = 0) double weight) {}

  record Clip(
      @Key(value = "Below 1.", byDefault = "0.2", min = 0, max = 1) double low,
      @Key(value = "Above 1.", byDefault = "0.2", min = 0) double high) {}

  record Every(@Key(value = "Rounds.", byDefault = "5", min = 1) int every) {}

  record Alarms(
      @Key(value = "A judge that is not trained on.", refersTo = "model")
          @Nullable String verifier) {}

  record Update(
      @Key(value = "The policy.", refersTo = "model") String model,
      @Key(value = "Terms of the reward.", min = 1) List<WeightedReward> reward,
      @Key(value = "Rounds.", byDefault = "40", min = 1, incremental = true) int rounds,
      @Key(value = "Problems of a round.", byDefault = "32", min = 1) int problemsPerRound,
      @Key(value = "Samples of a problem.", byDefault = "8", min = 2) int samples,
      @Key(value = "Updates of a round.", byDefault = "1", min = 1) int updatesPerRound,
      @Key(value = "Temperature.", byDefault = "1.0", min = 0, minExclusive = true, max = 2)
          double temperature,
      @Key(value = "Most tokens.", byDefault = "64", min = 1) int maxTokens,
      @Key(
              value = "Estimator.",
              byDefault = "grpo",
              choices = {"grpo", "dr_grpo", "rloo"})
          String advantage,
      @Key(value = "Clip range.", byDefault = "{}") Clip clip,
      @Key(
              value = "Loss.",
              byDefault = "token_mean",
              choices = {"token_mean", "sequence_mean"})
          String loss,
      @Key(value = "Weight of KL.", byDefault = "0", min = 0) double kl,
      @Key(
              value = "Groups without variance.",
              byDefault = "drop",
              choices = {"drop", "keep"})
          String zeroVariance,
      @Key(value = "The optimiser.", byDefault = "{}") Optimizer optimizer,
      @Key(value = "The curve.", byDefault = "{}") Every dev,
      @Key(value = "Alarms.", byDefault = "{}") Alarms alarms) {}

  record Report(
      @Key(value = "Before.", refersTo = "model") String base,
      @Key(value = "After.", refersTo = "model") @Nullable String policy,
      @Key(value = "Untrained judge.", refersTo = "model") @Nullable String verifier,
      @Key(value = "Trained judge.", refersTo = "model") @Nullable String reward,
      @Key(
              value = "What is measured.",
              byDefault = "[accuracy]",
              min = 1,
              choices = {"accuracy", "first_error", "judge"})
          List<String> suites) {}

  static final List<StageType<?>> ALL =
      List.of(
          type("SynthesizeProblems", Synthesize.class, c -> Wiring.tables(List.of(), "problems")),
          type(
              "SampleSolutions",
              Sample.class,
              c -> Wiring.tables(List.of(Wiring.Port.required("problems")), "solutions")),
          type(
              "GenerateRubrics",
              Rubrics.class,
              c ->
                  Wiring.tables(
                      List.of(
                          Wiring.Port.required("solutions"),
                          Wiring.Port.following("problems", "problems", "solutions.problems")),
                      "rubrics")),
          type(
              "VerifySolutions",
              Verify.class,
              c ->
                  Wiring.tables(
                      List.of(
                          Wiring.Port.required("solutions"),
                          Wiring.Port.following("problems", "problems", "solutions.problems"),
                          Wiring.Port.ifPresent("rubrics")),
                      "verifications")),
          type(
              "AggregateStepLabels",
              Aggregate.class,
              c ->
                  Wiring.tables(
                      List.of(
                          Wiring.Port.required("verifications"),
                          Wiring.Port.following(
                              "solutions", "solutions", "verifications.solutions"),
                          Wiring.Port.following("problems", "problems", "verifications.problems")),
                      "step_labels")),
          type(
              "TrainReward",
              Train.class,
              c ->
                  Wiring.tables(List.of(Wiring.Port.required("step_labels")), "metrics")
                      .withModel()),
          type(
              "UpdatePolicy",
              Update.class,
              c ->
                  Wiring.tables(
                          List.of(
                              Wiring.Port.required("problems"),
                              Wiring.Port.named("dev", "problems")),
                          "rollouts",
                          "dev_rollouts",
                          "metrics")
                      .withModel()),
          type(
              "Evaluate",
              Report.class,
              c ->
                  Wiring.tables(List.of(Wiring.Port.required("problems")), "metrics")
                      .evaluating()));

  public static final Registry REGISTRY =
      Registry.of(List.of(new ModelsPlugin(), StageTypes.plugin(ALL)));

  private static <C extends Record> StageType<C> type(
      String name, Class<C> config, Function<C, Wiring> wiring) {
    return new Toy<>(name, config, wiring);
  }

  private record Toy<C extends Record>(String name, Class<C> configType, Function<C, Wiring> wires)
      implements StageType<C> {
    @Override
    public String doc() {
      return "Does nothing as " + name + ".";
    }

    @Override
    public int behaviourVersion() {
      return 1;
    }

    @Override
    public Wiring wiring(C config) {
      return wires.apply(config);
    }

    @Override
    public List<ConfigMistake> check(C config) {
      return config instanceof Train train && train.optimizer().warmupSteps() > train.steps()
          ? List.of(
              new ConfigMistake(
                  "optimizer.warmup_steps",
                  "must be at most steps (%d), but is %d"
                      .formatted(train.steps(), train.optimizer().warmupSteps())))
          : List.of();
    }

    @Override
    public Stage stage(C config) {
      return new Idle();
    }
  }

  private static final class Idle implements Stage {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public void drive(StageDriver driver) {}

    @Override
    public void work(UnitContext context) {}
  }
}
