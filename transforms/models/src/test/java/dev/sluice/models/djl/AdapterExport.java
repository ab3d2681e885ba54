package dev.sluice.models.djl;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Completion;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.StoredType;
import dev.sluice.models.djl.train.DjlTrainer;
import dev.sluice.models.djl.train.LoraTrainingTest;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.TrainingSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the adapter of every fixture, and trains some of its own, for {@code adapters.py check}:
 * {@code AdapterExport FOLDER}.
 */
final class AdapterExport {
  private static final List<int[]> ROWS =
      List.of(new int[] {3, 9, 27, 4, 5, 80, 61}, new int[] {8, 8, 11}, new int[] {70, 2, 33, 94});

  private AdapterExport() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    for (String name : AdaptersTest.all()) {
      Path to = Files.createDirectories(root.resolve(name));
      // In 32 bits: 16, in which the bases are stored, would round what is merged.
      ModelConverter.convert(
          AdaptersTest.root().resolve(name), to.resolve("merged"), StoredType.FLOAT32);
      Files.copy(
          AdaptersTest.root().resolve(name).resolve("expected.json"), to.resolve("expected.json"));
    }
    for (String name : List.of("llama", "llama-biases", "qwen2", "gemma3")) {
      train(name, Head.LANGUAGE_MODEL, root);
    }
    train("qwen3", Head.STEP_CLASSIFICATION, root);
  }

  private static void train(String name, Head head, Path root) throws IOException {
    Path to = Files.createDirectories(root.resolve("trained-" + name));
    Path base = LoraTrainingTest.withTokenizer(name, to.resolve("base"));
    Lora lora = new Lora(4, 16, List.of(Lora.Matrix.values()));
    Optimizer optimizer = new Optimizer(1e-2, 0.9, 0.98, 1e-8, 0, 0, 1, null, 1);
    Path merged = Files.createDirectories(to.resolve("merged"));
    try (DjlTrainer trainer = DjlTrainer.fromDirectory(base, head, 1, optimizer, 10, 64, lora, 9)) {
      for (int step = 0; step < 10; step++) {
        trainer.step(
            ROWS.stream().map(row -> sequence(row, head)).toList(),
            head == Head.LANGUAGE_MODEL ? new Loss.CrossEntropy() : new Loss.StepClassification());
      }
      trainer.save(merged);
    }
    Files.move(merged.resolve("adapter"), to.resolve("adapter"));
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("rows", ROWS);
    try (TokenIdModel model = DjlModels.tokenIdModel(merged, 8, Precision.FLOAT32)) {
      if (head == Head.LANGUAGE_MODEL) {
        expected.put("logprobs", model.logprobs(ROWS));
        expected.put(
            "greedy",
            model
                .generate(ROWS, Sampling.at(0, 16), Collections.nCopies(3, List.of(0L)), false)
                .stream()
                .map(each -> each.get(0))
                .map(Completion::tokens)
                .toList());
      } else {
        List<List<float[]>> pairs = new ArrayList<>();
        for (float[] row : model.tokenLogits(ROWS)) {
          List<float[]> tokens = new ArrayList<>();
          for (int t = 0; t < row.length; t += Head.LABELS) {
            tokens.add(Arrays.copyOfRange(row, t, t + Head.LABELS));
          }
          pairs.add(tokens);
        }
        expected.put("logits", pairs);
      }
    }
    new ObjectMapper().writeValue(to.resolve("expected.json").toFile(), expected);
  }

  private static TrainingSequence sequence(int[] row, Head head) {
    float[] weights = new float[row.length];
    Arrays.fill(weights, 1, row.length, 1);
    return head == Head.LANGUAGE_MODEL
        ? TrainingSequence.weighted(row, weights)
        : TrainingSequence.labelled(row, weights, new float[row.length]);
  }
}
