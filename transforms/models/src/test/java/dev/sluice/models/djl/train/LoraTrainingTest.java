package dev.sluice.models.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.AdaptersTest;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.FamiliesTest;
import dev.sluice.models.djl.TokenIdModel;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.models.djl.lora.LoraLayout;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Lora.Matrix;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerContract;
import dev.sluice.models.training.TrainingSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer's contract with adapters, and a step beside PEFT's. */
@Tag("native")
public class LoraTrainingTest extends TrainerContract {
  private static final List<Matrix> ALL = List.of(Matrix.values());
  private static final String CHECKPOINT = "trainer.safetensors";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path base;

  @BeforeEach
  void aBaseWithATokenizer() throws IOException {
    base = withTokenizer("llama", base.resolve("llama"));
  }

  public static Path withTokenizer(String name, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(FamiliesTest.root().resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
    Files.write(to.resolve("tokenizer.json"), TinyModel.tokenizer());
    return to;
  }

  private DjlTrainer trainer(Lora lora, long seed) {
    return DjlTrainer.fromDirectory(base, Head.LANGUAGE_MODEL, 0, OPTIMIZER, 20, 60, lora, seed);
  }

  @Override
  protected Trainer open() {
    return trainer(new Lora(8, 512, ALL), 5);
  }

  @Override
  protected LanguageModel load(Path directory) {
    return DjlModels.languageModel("saved", directory, 8);
  }

  /** B begins with zeros, and what has no adapter never moves. */
  @Test
  void onlyAdaptedMatricesMove() {
    float[] before = layout().gather(base, ModelDirectory.weights(base));
    try (DjlTrainer trainer =
        trainer(new Lora(2, 4, List.of(Matrix.K_PROJ, Matrix.DOWN_PROJ)), 5)) {
      assertThat(trainer.weights()).containsExactly(before);
      for (int step = 0; step < 3; step++) {
        trainer.step(batch(step), new Loss.CrossEntropy());
      }
      Map<String, Tensor> old = layout().scatter(before);
      Map<String, Tensor> now = layout().scatter(trainer.weights());
      List<String> moved =
          old.keySet().stream()
              .filter(
                  name ->
                      !Arrays.equals(
                          Objects.requireNonNull(old.get(name)).values(),
                          Objects.requireNonNull(now.get(name)).values()))
              .toList();
      assertThat(moved)
          .containsExactly(
              "model.layers.0.self_attn.k_proj.weight",
              "model.layers.0.mlp.down_proj.weight",
              "model.layers.1.self_attn.k_proj.weight",
              "model.layers.1.mlp.down_proj.weight");
    }
  }

  private ParameterLayout layout() {
    return new ParameterLayout(ModelDirectory.read(base).config());
  }

  /** What PEFT draws: kaiming_uniform with a = sqrt(5) is uniform within 1 / sqrt(columns). */
  @Test
  void aIsDrawnFromTheSeedAndBIsZero() {
    LoraLayout places = new LoraLayout(new Lora(8, 16, ALL), layout());
    float[] weights = layout().gather(base, ModelDirectory.weights(base));
    float[] start = places.start(weights, 5);
    for (LoraLayout.Pair pair : places.pairs()) {
      float[] a = Arrays.copyOfRange(start, pair.a(), pair.b());
      double bound = 1 / Math.sqrt(pair.columns());
      double square = 0;
      for (float value : a) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
        square += value * value / bound / bound;
      }
      assertThat(square / a.length).isCloseTo(1.0 / 3, within(0.06));
      assertThat(Arrays.copyOfRange(start, pair.b(), pair.b() + pair.rows() * 8)).containsOnly(0);
    }
    assertThat(places.start(weights, 5)).containsExactly(start);
    assertThat(places.start(weights, 6)).isNotEqualTo(start);
    assertThat(places.size()).isEqualTo(start.length);
    assertThat(places.pairs()).hasSize(14);
  }

  @Test
  void theSeedAndTheRankDecideTheResult() throws IOException {
    Path some = Files.createDirectories(folder.resolve("some"));
    Path other = Files.createDirectories(folder.resolve("other"));
    train(trainer(new Lora(4, 8, ALL), 5), some);
    train(trainer(new Lora(4, 8, ALL), 6), other);
    assertThat(ModelDirectory.revision(some)).isNotEqualTo(ModelDirectory.revision(other));
  }

  private static void train(DjlTrainer trainer, Path to) {
    try (trainer) {
      for (int step = 0; step < 3; step++) {
        trainer.step(batch(step), new Loss.CrossEntropy());
      }
      trainer.save(to);
    }
  }

  /** The adapter on its base is the model that was saved, but for the order of sums. */
  @Test
  void theAdapterAloneIsSavedToo() {
    train(trainer(new Lora(4, 8, ALL), 5), folder);
    List<int[]> rows = List.of(new int[] {3, 9, 27, 4, 5}, new int[] {8, 8});
    try (TokenIdModel whole = DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32);
        TokenIdModel adapter =
            DjlModels.tokenIdModel(folder.resolve("adapter"), 4, Precision.FLOAT32)) {
      List<float[]> wanted = whole.logprobs(rows);
      List<float[]> got = adapter.logprobs(rows);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(got.get(i)).containsExactly(wanted.get(i), within(1e-6f));
      }
    }
  }

  /** A head that classifies is new, so it is trained whole and lies beside the adapters. */
  @Test
  void aHeadIsTrainedWithTheAdapters() {
    Lora lora = new Lora(2, 4, List.of(Matrix.Q_PROJ));
    int[] tokens = {3, 9, 27, 4, 5};
    TrainingSequence sequence =
        TrainingSequence.labelled(tokens, new float[] {0, 0, 1, 0, 1}, new float[] {0, 0, 1, 0, 0});
    try (DjlTrainer trainer =
        DjlTrainer.fromDirectory(base, Head.STEP_CLASSIFICATION, 0, OPTIMIZER, 20, 60, lora, 5)) {
      double first = trainer.step(List.of(sequence), new Loss.StepClassification()).loss();
      double last = first;
      for (int step = 1; step < 10; step++) {
        last = trainer.step(List.of(sequence), new Loss.StepClassification()).loss();
      }
      assertThat(last).isLessThan(first);
      trainer.save(folder);
    }
    assertThat(Safetensors.read(folder.resolve("adapter/adapter_model.safetensors")).tensors())
        .containsKeys("base_model.model.score.weight", "base_model.model.score.bias")
        .hasSize(6);
    try (TokenIdModel whole = DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32);
        TokenIdModel adapter =
            DjlModels.tokenIdModel(folder.resolve("adapter"), 4, Precision.FLOAT32)) {
      assertThat(adapter.tokenLogits(List.of(tokens)).get(0))
          .containsExactly(whole.tokenLogits(List.of(tokens)).get(0), within(1e-5f));
    }
  }

  @Test
  void aCheckpointOfOtherAdaptersIsRefused() {
    try (DjlTrainer some = trainer(new Lora(4, 8, ALL), 5);
        DjlTrainer other = trainer(new Lora(4, 9, ALL), 5)) {
      some.checkpoint(folder);
      assertThatThrownBy(() -> other.restore(folder))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("is a checkpoint of a model with another configuration");
    }
  }

  @Test
  void newAdaptersStandOnAWholeModel() {
    Path adapter = AdaptersTest.root().resolve("llama-all");
    assertThatThrownBy(
            () ->
                DjlTrainer.fromDirectory(
                    adapter, Head.LANGUAGE_MODEL, 0, OPTIMIZER, 20, 60, new Lora(4, 8, ALL), 5))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            adapter
                + " is an adapter, and new adapters stand on a whole model. Merge it first (sluice"
                + " model convert), or train without 'lora'.");
  }

  @Test
  void nativeArraysStayFlat() {
    try (DjlTrainer trainer = trainer(new Lora(4, 8, ALL), 5)) {
      trainer.step(batch(0), new Loss.CrossEntropy());
      int before = trainer.nativeArrays();
      for (int step = 1; step < 4; step++) {
        trainer.step(batch(step), new Loss.CrossEntropy());
      }
      assertThat(trainer.nativeArrays()).isEqualTo(before);
    }
  }

  /** Gradient and AdamW step of given A and B, beside {@code adapters.py}. */
  @Test
  void aStepIsPefts() throws IOException {
    Path adapter = AdaptersTest.root().resolve("qwen2");
    Path qwen2 = withTokenizer("qwen2", folder.resolve("qwen2"));
    Map<String, Tensor> given =
        Safetensors.read(adapter.resolve("adapter_model.safetensors")).tensors();
    Map<String, Tensor> trained =
        Safetensors.read(adapter.resolve("trained.safetensors")).tensors();
    Lora lora = new Lora(4, 16, ALL);
    LoraLayout places =
        new LoraLayout(lora, new ParameterLayout(ModelDirectory.read(qwen2).config()));
    List<String> names = List.copyOf(places.scatter(new float[places.size()]).keySet());
    assertThat(names).containsExactlyInAnyOrderElementsOf(given.keySet());
    Optimizer optimizer = new Optimizer(0.01, 0.9, 0.98, 1e-3, 0.1, 0, 1, null, 0);
    Path checkpoint = folder.resolve(CHECKPOINT);
    try (DjlTrainer trainer =
        DjlTrainer.fromDirectory(qwen2, Head.LANGUAGE_MODEL, 0, optimizer, 1, 100, lora, 5)) {
      trainer.checkpoint(folder);
      Safetensors.Content before = Safetensors.read(checkpoint);
      Map<String, Tensor> changed = new LinkedHashMap<>(before.tensors());
      changed.put("weights", new Tensor(new long[] {places.size()}, flat(names, "", given)));
      Safetensors.write(checkpoint, changed, before.metadata());
      trainer.restore(folder);
      double loss = trainer.step(rows(), new Loss.CrossEntropy()).loss();
      assertThat(loss)
          .isCloseTo(Objects.requireNonNull(trained.get("loss")).values()[0], within(1e-5));
      trainer.checkpoint(folder);
    }
    Map<String, Tensor> after = Safetensors.read(checkpoint).tensors();
    float[] moment = Objects.requireNonNull(after.get("first_moment")).values();
    float[] gradient = new float[moment.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = moment[i] / 0.1f;
    }
    assertThat(farthest(gradient, flat(names, "gradient.", trained))).isLessThan(1e-5);
    float[] weights = Objects.requireNonNull(after.get("weights")).values();
    assertThat(farthest(weights, flat(names, "", trained))).isLessThan(1e-5);
  }

  private static double farthest(float[] some, float[] others) {
    assertThat(some).hasSameSizeAs(others);
    double farthest = 0;
    for (int i = 0; i < some.length; i++) {
      farthest = Math.max(farthest, Math.abs(some[i] - others[i]));
    }
    return farthest;
  }

  private static List<TrainingSequence> rows() throws IOException {
    List<TrainingSequence> rows = new ArrayList<>();
    for (int[] row : FamiliesTest.rows(AdaptersTest.expected("qwen2").path("rows"))) {
      float[] weights = new float[row.length];
      Arrays.fill(weights, 1, row.length, 1);
      rows.add(TrainingSequence.weighted(row, weights));
    }
    return rows;
  }

  private static float[] flat(List<String> names, String prefix, Map<String, Tensor> tensors) {
    int size = 0;
    for (String name : names) {
      size += Objects.requireNonNull(tensors.get(prefix + name)).values().length;
    }
    float[] flat = new float[size];
    int place = 0;
    for (String name : names) {
      float[] values = Objects.requireNonNull(tensors.get(prefix + name)).values();
      System.arraycopy(values, 0, flat, place, values.length);
      place += values.length;
    }
    return flat;
  }
}
