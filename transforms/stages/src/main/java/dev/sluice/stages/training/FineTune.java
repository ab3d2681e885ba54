package dev.sluice.stages.training;

import dev.sluice.methods.arithmetic.reference.PretrainingExamples;
import dev.sluice.methods.objective.Sequences;
import dev.sluice.models.training.Architecture;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Next-token training on examples, from a model or from random weights. Leaves a model. */
public final class FineTune implements StageType<FineTune.Config> {
  static final String NAME = "FineTune";

  private static final String ACCURACY = "accuracy/dev_greedy";
  private static final String EXAMPLES = "examples/read";
  private static final String LEFT_OUT = "examples/left_out";
  private static final String UNREADABLE = "examples/unreadable";

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
      @Key(value = "Number of training steps.", min = 1) int steps,
      @Key(value = "Examples per training step.", byDefault = "32", min = 1) int batchSize,
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
    return "Trains a language model on examples.";
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
    if (config.source() == null) {
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
      Unit unit = Unit.of("train", "train", driver.inputs("examples", "dev")).thatTrains();
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
      List<Example> examples = examples(context);
      List<Problem> dev = context.read("dev", Tables.PROBLEMS);
      long weights = Hashes.seed(context.seed(), NAME, "weights", 0, "", 0);
      String model = config.model();
      try (Trainer trainer =
          model != null
              ? context.models().train(context.modelFolder(model), options)
              : context
                  .models()
                  .train(Objects.requireNonNull(config.architecture()), weights, options)) {
        List<Metric> metrics =
            new TrainingLoop(context, NAME, config.steps(), config.checkpointSteps())
                .run(
                    trainer,
                    new Loss.CrossEntropy(),
                    step -> batch(trainer, context.seed(), examples, step),
                    (done, measured) -> enough(context, trainer, dev, done, measured));
        metrics.forEach(metric -> context.write(Tables.METRICS, metric));
        context.saveModel(trainer::save);
        context.value("steps", trainer.steps());
        metrics.stream()
            .filter(metric -> metric.name().equals(ACCURACY))
            .forEach(metric -> context.value(ACCURACY, metric.value()));
      }
      context.count(new Counts(examples.size(), 1, 1, 0, 0));
    }

    /** The examples to draw from; none if they are made as they are needed. */
    private List<Example> examples(UnitContext context) {
      if (config.source() instanceof FileExamples stored) {
        FileExamples.Read read = stored.read();
        read.letters().forEach(context::dead);
        if (read.examples().isEmpty()) {
          throw new IllegalStateException(
              "Training on examples: '%s' has none: %d rows cannot be read%s, and %d solutions are called wrong."
                  .formatted(
                      stored.path(),
                      read.letters().size(),
                      read.letters().isEmpty()
                          ? ""
                          : " (%s)".formatted(read.letters().get(0).errorMessage()),
                      read.leftOut()));
        }
        context.value(EXAMPLES, read.examples().size());
        context.value(LEFT_OUT, (double) read.leftOut());
        context.value(UNREADABLE, read.letters().size());
        return read.examples();
      }
      List<Example> examples = context.read("examples", Tables.EXAMPLES);
      if (config.source() == null && examples.isEmpty()) {
        throw new IllegalStateException(
            "Training on examples: the table of examples is empty. Look at the stage that makes it.");
      }
      return examples;
    }

    private List<TrainingSequence> batch(
        Trainer trainer, long runSeed, List<Example> examples, int step) {
      List<TrainingSequence> batch = new ArrayList<>(config.batchSize());
      RandomStream random = new RandomStream(Hashes.seed(runSeed, NAME, "batch", 0, "", step));
      long seed = Hashes.seed(runSeed, NAME, "examples", 0, "", 0);
      for (int i = 0; i < config.batchSize(); i++) {
        int index = step * config.batchSize() + i;
        Example example =
            config.source() instanceof ExampleSource.Arithmetic arithmetic
                ? made(arithmetic, seed, index)
                : examples.get(random.nextInt(examples.size()));
        batch.add(Sequences.completion(trainer, example, true));
      }
      return batch;
    }

    private static Example made(ExampleSource.Arithmetic source, long seed, int index) {
      return source.task() == ExampleSource.Task.SOLVE
          ? PretrainingExamples.solver(seed, index)
          : PretrainingExamples.judge(seed, index);
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
