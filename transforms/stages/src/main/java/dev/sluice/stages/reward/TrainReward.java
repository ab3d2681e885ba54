package dev.sluice.stages.reward;

import dev.sluice.methods.objective.Objective;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.RandomStream;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.training.TrainingLoop;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trains a reward model on step labels (METHODS 1.5). Leaves a model and its examples. */
public final class TrainReward implements StageType<TrainReward.Config> {
  static final String NAME = "TrainReward";

  /** The config block. */
  public record Config(
      @Key(value = "The model to start from.", refersTo = Key.MODEL, local = true) String model,
      @Key(value = "What the reward model learns to predict.", byDefault = "prm_cot", flat = true)
          Objective objective,
      @Key(value = "Balancing of correct and wrong solutions in a batch.", byDefault = "{}")
          Balance balance,
      @Key(value = "Number of training steps.", byDefault = "200", min = 1) int steps,
      @Key(value = "Examples per training step.", byDefault = "32", min = 1) int batchSize,
      @Key(value = "Settings of the optimiser (AdamW).", byDefault = "{}") Optimizer optimizer,
      @Key("Trains low-rank adapters (LoRA) instead of all weights of `model`.")
          @Nullable Lora lora,
      @Key(value = "Steps between two checkpoints.", byDefault = "50", min = 1, tuning = true)
          int checkpointSteps)
      implements Serializable {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Trains a reward model on step labels.";
  }

  @Override
  public int behaviourVersion() {
    return 3;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Wiring wiring(Config config) {
    Wiring wiring =
        Wiring.tables(
                List.of(
                    Port.required("step_labels"),
                    Port.following("problems", "problems", "step_labels.problems"),
                    Port.following("solutions", "solutions", "step_labels.solutions"),
                    Port.following("verifications", "verifications", "step_labels.verifications")),
                "examples",
                "metrics")
            .withModel();
    return (config.balance().by() == Balance.By.REFERENCE ? wiring.usesReference() : wiring)
        .using(List.of(config.objective()));
  }

  @Override
  public List<MetricDefinition> metrics() {
    return Stream.concat(
            Stream.of(
                MetricDefinition.of(
                    "examples", "Labels that give a training example for the objective."),
                MetricDefinition.of(
                    "examples/called_right",
                    "Examples of solutions that the consensus calls correct. With 'balance', half of each batch is drawn from these.")),
            TrainingLoop.DEFINITIONS.stream())
        .toList();
  }

  @Override
  public Stage stage(Config config) {
    return new Work(config);
  }

  private record Work(Config config) implements Stage {

    @Override
    public void drive(StageDriver driver) {
      Unit unit =
          Unit.of(
                  "train",
                  "train",
                  driver.inputs("step_labels", "problems", "solutions", "verifications"))
              .thatTrains();
      UnitResult result = driver.run("training", List.of(unit)).get(0);
      driver.model(Objects.requireNonNull(result.model()));
      result.values().forEach((name, value) -> driver.metric(Metric.of(NAME, 0, 0, name, value)));
    }

    @Override
    public void work(UnitContext context) {
      Labelled labelled = Labelled.read(context, config.objective(), config.balance());
      if (labelled.examples().isEmpty()) {
        throw new IllegalStateException(
            "Training a reward model: none of the %d labels gives an example for the objective '%s'. Look at the status column of step_labels to see why."
                .formatted(labelled.labels(), config.objective().name()));
      }
      labelled.examples().forEach(example -> context.write(Tables.EXAMPLES, example));
      TrainerOptions options =
          new TrainerOptions(
              config.optimizer(),
              config.steps(),
              config.objective().head(),
              config.lora(),
              Hashes.seed(context.seed(), NAME, "lora", 0, "", 0));
      try (Trainer trainer = context.models().train(context.modelFolder(config.model()), options)) {
        List<Metric> metrics =
            new TrainingLoop(context, NAME, config.steps(), config.checkpointSteps())
                .run(
                    trainer,
                    config.objective().loss(),
                    step -> batch(trainer, labelled, context.seed(), step),
                    TrainingLoop.Look.NEVER);
        metrics.forEach(metric -> context.write(Tables.METRICS, metric));
        context.saveModel(trainer::save);
      }
      context.value("examples", labelled.examples().size());
      context.value(
          "examples/called_right",
          (double) labelled.right().stream().filter(right -> right).count());
      context.count(new Counts(labelled.labels(), 1, 1, 0, 0));
    }

    private List<TrainingSequence> batch(
        Trainer trainer, Labelled labelled, long runSeed, int step) {
      RandomStream random = new RandomStream(Hashes.seed(runSeed, NAME, "batch", 0, "", step));
      List<TrainingSequence> batch = new ArrayList<>(config.batchSize());
      for (int index : config.balance().draw(labelled.right(), config.batchSize(), random)) {
        batch.add(config.objective().sequence(trainer, labelled.examples().get(index)));
      }
      return batch;
    }
  }
}
