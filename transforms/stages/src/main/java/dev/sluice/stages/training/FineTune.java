package dev.sluice.stages.training;

import dev.sluice.methods.preference.PairedLoss;
import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.methods.preference.UnpairedLoss;
import dev.sluice.models.training.Architecture;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Next-token training on examples, from a model or from random weights. Leaves a model. */
public final class FineTune implements StageType<FineTune.Config> {
  static final String NAME = "FineTune";

  private static final String ACCURACY = "accuracy/dev_greedy";
  static final String EXAMPLES = "examples/read";
  private static final String PAIRS = "pairs/read";
  static final String LEFT_OUT = "examples/left_out";
  static final String UNREADABLE = "examples/unreadable";

  /** The config block. */
  public record Config(
      @Key(
              value =
                  "Model to start from. Default: random weights with the shape of `architecture`.",
              refersTo = Key.MODEL,
              local = true)
          @Nullable String model,
      @Key("Shape of a model that is trained from random weights.")
          @Nullable Architecture architecture,
      @Key("Generator of training examples, or a file of them. Default: the table `examples`.")
          @Nullable ExampleSource source,
      @Key(
              "Loss of pairs: trains on the tables `preferences` and `problems` instead of examples, with `model` as the reference.")
          @Nullable PreferenceLoss preference,
      @Key(value = "Number of training steps.", min = 1) int steps,
      @Key(value = "Examples, or pairs, per training step.", byDefault = "32", min = 1)
          int batchSize,
      @Key(value = "Settings of the optimiser (AdamW).", byDefault = "{}") Optimizer optimizer,
      @Key("Trains low-rank adapters (LoRA) instead of all weights of `model`.")
          @Nullable Lora lora,
      @Key("Stops training once the accuracy on the problems of the input `dev` is high enough.")
          @Nullable StopAt stopAt,
      @Key(value = "Steps between two checkpoints.", byDefault = "200", min = 1, tuning = true)
          int checkpointSteps)
      implements Serializable {}

  /** When to end early. */
  public record StopAt(
      @Key(value = "Greedy accuracy at which training stops.", min = 0, max = 1) double accuracy,
      @Key(value = "Steps between two evaluations.", byDefault = "25", min = 1) int every,
      @Key(value = "Step of the first evaluation.", byDefault = "1", min = 1) int from,
      @Key(value = "Maximum length of a solution, in tokens.", byDefault = "64", min = 1)
          int maxTokens)
      implements Serializable {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Trains a language model on examples, or on pairs of a better and a worse solution.";
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
    List<Port> ports = new ArrayList<>();
    if (config.preference() != null) {
      ports.add(Port.required("problems"));
      ports.add(Port.required("preferences"));
    } else if (config.source() == null) {
      ports.add(Port.required("examples"));
    }
    ports.add(Port.named("dev", "problems"));
    Wiring wiring = Wiring.tables(ports, "metrics").withModel();
    if (config.source() instanceof FileExamples stored && stored.file().restsOnReference()) {
      wiring = wiring.withoutReferenceFreedom();
    }
    // Where training ends depends on reference answers, so the model does.
    return config.stopAt() == null ? wiring : wiring.usesReference();
  }

  @Override
  public Look look(Config config) {
    return config.source() instanceof FileExamples stored ? stored.look("source.") : Look.NOTHING;
  }

  @Override
  public List<ConfigMistake> check(Config config) {
    if ((config.model() == null) == (config.architecture() == null)) {
      return List.of(
          new ConfigMistake(
              "", "training starts either from a 'model' or from an 'architecture'; give one"));
    }
    if (config.source() instanceof FileExamples stored && !stored.mistakes("source.").isEmpty()) {
      return stored.mistakes("source.");
    }
    PreferenceLoss preference = config.preference();
    if (preference != null && (config.model() == null || config.source() != null)) {
      return List.of(
          new ConfigMistake(
              "preference",
              "pairs are compared with the 'model' that training starts from, and come from the table 'preferences'; give 'model', and leave 'architecture' and 'source' out"));
    }
    if (preference instanceof UnpairedLoss) {
      return List.of(
          new ConfigMistake(
              "preference",
              "the loss '%s' is of single rollouts, not of pairs; use 'dpo' here, or '%s' in UpdatePolicy"
                  .formatted(preference.name(), preference.name())));
    }
    return config.lora() != null && config.model() == null
        ? List.of(
            new ConfigMistake(
                "lora",
                "adapters stand on a trained model: give 'model', or leave 'lora' out, since random weights of an 'architecture' are trained whole"))
        : List.of();
  }

  @Override
  public List<MetricDefinition> metrics() {
    return Stream.concat(
            Stream.of(
                MetricDefinition.of("steps", "Number of training steps."),
                MetricDefinition.of(EXAMPLES, "Examples of the file of a `source: file`."),
                MetricDefinition.of(PAIRS, "Pairs of the table `preferences`."),
                MetricDefinition.of(
                    LEFT_OUT,
                    "Solutions of that file that it calls wrong or rejects, and that are not learnt."),
                MetricDefinition.of(
                    UNREADABLE, "Rows of that file that cannot be read and are dead letters."),
                MetricDefinition.of(
                    ACCURACY,
                    "Greedy accuracy on the dev problems at the last evaluation of 'stop_at'. The table has it by step.")),
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
      if (config.stopAt() != null && driver.input("dev").isEmpty()) {
        throw new IllegalStateException(
            "Training with 'stop_at' looks at dev problems, but the port 'dev' has none. Give 'input: {dev: NAME}', or leave 'stop_at' out.");
      }
      String[] ports =
          config.preference() == null
              ? new String[] {"examples", "dev"}
              : new String[] {"problems", "preferences", "dev"};
      Unit unit = Unit.of("train", "train", driver.inputs(ports)).thatTrains();
      UnitResult result = driver.run("training", List.of(unit)).get(0);
      driver.model(Objects.requireNonNull(result.model()));
      result.values().forEach((name, value) -> driver.metric(Metric.of(NAME, 0, 0, name, value)));
      double unreadable = result.values().getOrDefault(UNREADABLE, 0.0);
      if (unreadable > 0 && config.source() instanceof FileExamples stored) {
        driver.warn(
            "%d rows of '%s' cannot be read, and nothing is learnt of them. 'sluice inspect RUN/STAGE --table dead_letters' shows their lines and reasons."
                .formatted(Math.round(unreadable), stored.path()));
      }
    }

    @Override
    public void work(UnitContext context) {
      TrainerOptions options =
          new TrainerOptions(
              config.optimizer(),
              config.steps(),
              TrainerOptions.Head.LANGUAGE_MODEL,
              config.lora(),
              Hashes.seed(context.seed(), NAME, "lora", 0, "", 0));
      PreferenceLoss preference = config.preference();
      ExampleBatches examples = preference == null ? ExampleBatches.of(config, context) : null;
      List<Problem> dev = context.read("dev", Tables.PROBLEMS);
      int read;
      long weights = Hashes.seed(context.seed(), NAME, "weights", 0, "", 0);
      String model = config.model();
      try (Trainer trainer =
          model != null
              ? context.models().train(context.modelFolder(model), options)
              : context
                  .models()
                  .train(Objects.requireNonNull(config.architecture()), weights, options)) {
        Loss loss;
        IntFunction<List<TrainingSequence>> batches;
        if (examples != null) {
          loss = new Loss.CrossEntropy();
          batches = step -> examples.batch(trainer, context.seed(), step);
          read = examples.size();
        } else {
          PairBatches pairs =
              PairBatches.of(
                  context, trainer, context.model(Objects.requireNonNull(config.model())));
          loss = new Loss.Pairs((PairedLoss) Objects.requireNonNull(preference), 1);
          batches = step -> pairs.batch(context.seed(), config.batchSize(), step);
          read = pairs.size();
          context.value(PAIRS, read);
        }
        List<Metric> metrics =
            new TrainingLoop(context, NAME, config.steps(), config.checkpointSteps())
                .run(
                    trainer,
                    loss,
                    batches,
                    (done, measured) -> enough(context, trainer, dev, done, measured));
        metrics.forEach(metric -> context.write(Tables.METRICS, metric));
        context.saveModel(trainer::save);
        context.value("steps", trainer.steps());
        metrics.stream()
            .filter(metric -> metric.name().equals(ACCURACY))
            .forEach(metric -> context.value(ACCURACY, metric.value()));
      }
      context.count(new Counts(read, 1, 1, 0, 0));
    }

    private boolean enough(
        UnitContext context, Trainer trainer, List<Problem> dev, int done, List<Metric> measured) {
      StopAt stopAt = config.stopAt();
      if (stopAt == null || done < stopAt.from() || done % stopAt.every() != 0) {
        return false;
      }
      double accuracy = DevAccuracy.greedy(context.models(), trainer, dev, stopAt.maxTokens());
      measured.add(Metric.of(NAME, 0, done, ACCURACY, accuracy));
      return accuracy >= stopAt.accuracy();
    }
  }
}
