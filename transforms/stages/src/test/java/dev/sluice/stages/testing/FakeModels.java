package dev.sluice.stages.testing;

import dev.sluice.methods.loss.ClipLoss;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.models.training.Architecture;
import dev.sluice.models.training.KlEstimator;
import dev.sluice.models.training.KlLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Model directories that hold one file, {@code weights.txt}: a hash of all that the model was
 * shown, in order. What such a model writes is a script of that hash.
 */
public final class FakeModels implements ModelRuntime {
  private static final String WEIGHTS = "weights.txt";
  private static final String STATE = "state.txt";

  /** One step of a trainer. */
  public record Step(
      int number, List<TrainingSequence> batch, Loss loss, TrainerOptions options, String before) {}

  private final Function<String, ScriptedLanguageModel.Script> scripts;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> starts = new ArrayList<>();

  /** With the script of each model by its weights. */
  public FakeModels(Function<String, ScriptedLanguageModel.Script> scripts) {
    this.scripts = scripts;
  }

  /** Every step of every trainer so far. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The weights that every trainer of a directory started from. */
  public List<String> starts() {
    return List.copyOf(starts);
  }

  /** Writes a model directory with the given weights. */
  public static void write(Path folder, String weights) {
    put(folder.resolve(WEIGHTS), weights);
  }

  /** The weights of a model directory. */
  public static String weights(Path folder) {
    return text(folder.resolve(WEIGHTS));
  }

  @Override
  public LanguageModel open(Path folder) {
    String weights = weights(folder);
    return new ScriptedLanguageModel("fake", Hashes.hex(weights), scripts.apply(weights));
  }

  @Override
  public StepClassifier openClassifier(Path folder) {
    return new FakeClassifier(weights(folder));
  }

  @Override
  public Trainer train(Path start, TrainerOptions options) {
    starts.add(weights(start));
    return new FakeTrainer(weights(start), options);
  }

  @Override
  public Trainer train(Architecture architecture, long seed, TrainerOptions options) {
    return new FakeTrainer(Hashes.id(architecture, seed), options);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A policy loss without the parts that change nothing: digests of before hold for it. */
  private record Policy(
      double clipLow,
      double clipHigh,
      double dualClip,
      double kl,
      Loss.Aggregation aggregation,
      double constant) {}

  private static Object told(Loss loss) {
    if (!(loss instanceof Loss.Policy policy)
        || !(policy.loss() instanceof ClipLoss clip)
        || policy.temperature() != 1) {
      return loss;
    }
    KlLoss kl = policy.kl();
    if (kl != null && (kl.clamp() != 0 || kl.estimator() != KlEstimator.K3)) {
      return loss;
    }
    Double dualClip = clip.dualClip();
    return new Policy(
        clip.low(),
        clip.high(),
        dualClip == null ? 0 : dualClip,
        kl == null ? 0 : kl.weight(),
        policy.aggregation(),
        policy.constant());
  }

  private final class FakeTrainer implements Trainer {
    private final TrainerOptions options;
    private String weights;
    private String optimizer = "fresh";
    private int done;

    FakeTrainer(String weights, TrainerOptions options) {
      this.weights = weights;
      this.options = options;
    }

    @Override
    public StepReport step(List<TrainingSequence> batch, Loss loss) {
      steps.add(new Step(done, List.copyOf(batch), loss, options, weights));
      List<Object> parts = new ArrayList<>(List.of(weights, optimizer, told(loss), done));
      int tokens = 0;
      for (TrainingSequence row : batch) {
        tokens += row.tokens().length;
        parts.add(Arrays.toString(row.tokens()));
        parts.add(bits(row.weights()));
        parts.add(bits(row.advantages()));
        parts.add(bits(row.oldLogprobs()));
        parts.add(bits(row.referenceLogprobs()));
        parts.add(bits(row.labels()));
      }
      weights = Hashes.id(parts.toArray());
      optimizer = Hashes.id(optimizer, weights);
      done++;
      double value = Integer.parseInt(weights.substring(0, 4), 16) / 65536.0;
      return new StepReport(value, 1 + value, tokens, options.optimizer().learningRate());
    }

    /** How a number is written differs between versions of Java; its bits do not. */
    private static String bits(float[] values) {
      StringBuilder text = new StringBuilder();
      for (float value : values) {
        text.append(Float.floatToIntBits(value)).append(' ');
      }
      return text.toString();
    }

    @Override
    public int[] encodePrompt(String text) {
      return encode(text);
    }

    @Override
    public int[] encode(String text) {
      return text.codePoints().toArray();
    }

    @Override
    public int endOfText() {
      return ScriptedLanguageModel.END;
    }

    @Override
    public int steps() {
      return done;
    }

    @Override
    public void checkpoint(Path folder) {
      put(folder.resolve(STATE), weights + "\n" + optimizer + "\n" + done);
    }

    @Override
    public void restore(Path folder) {
      List<String> lines = text(folder.resolve(STATE)).lines().toList();
      weights = lines.get(0);
      optimizer = lines.get(1);
      done = Integer.parseInt(lines.get(2));
    }

    @Override
    public void save(Path folder) {
      write(folder, weights);
    }

    @Override
    public void close() {}
  }

  /** Calls a step right where the code point before the position's is even, by the weights. */
  private record FakeClassifier(String weights) implements StepClassifier {
    @Override
    public ModelInfo info() {
      return new ModelInfo("fake", weights, 4096, 0);
    }

    @Override
    public int[] encodePrompt(String text) {
      return encode(text);
    }

    @Override
    public int[] encode(String text) {
      return text.codePoints().toArray();
    }

    @Override
    public List<float[]> scoreSteps(List<int[]> tokens, List<int[]> positions) {
      List<float[]> scores = new ArrayList<>();
      for (int row = 0; row < tokens.size(); row++) {
        float[] values = new float[positions.get(row).length];
        for (int i = 0; i < values.length; i++) {
          values[i] = tokens.get(row)[positions.get(row)[i]] % 2 == 0 ? 0.5f : 0.25f;
        }
        scores.add(values);
      }
      return scores;
    }

    @Override
    public void close() {}
  }
}
