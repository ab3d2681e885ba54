package dev.sluice.models.djl;

import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.train.DjlTrainer;
import dev.sluice.models.provider.DjlSpec;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Prints what models of two shapes compute in a process of its own: {@code name value} a line. What
 * the environment says of kernels holds for it alone.
 */
final class KernelsProbe {
  private static final Optimizer OPTIMIZER =
      new Optimizer(1e-3, 0.9, 0.98, 1e-8, 0, 0, 1, null, 1.0);

  private KernelsProbe() {}

  public static void main(String[] arguments) throws IOException {
    run(Path.of(arguments[0]))
        .values()
        .forEach((name, value) -> System.out.println(name + " " + value));
  }

  /**
   * What was found.
   *
   * @param group rows of products of the first shape come in groups of so many
   * @param equal whether rows were equal in every batch
   * @param values by name
   */
  record Found(int group, boolean equal, Map<String, String> values) {}

  static Found run(Path folder) throws IOException {
    Map<String, String> values = new TreeMap<>();
    Path tiny = Files.createDirectories(folder.resolve("tiny"));
    boolean equal = shape("tiny", tiny, 4, 4, 32, 40, values);
    equal &= shape("wide", Files.createDirectories(folder.resolve("wide")), 16, 4, 64, 6, values);
    values.put("kernels", DjlModels.numerics().kernels());
    values.put("invariant", String.valueOf(DjlModels.numerics().batchInvariant()));
    try (TokenIdModel model = DjlModels.tokenIdModel(tiny, 1, Precision.FLOAT32)) {
      return new Found(model.rowGroup(), equal, values);
    }
  }

  private static boolean shape(
      String name,
      Path folder,
      int heads,
      int keyValueHeads,
      int headDim,
      int count,
      Map<String, String> values) {
    ModelConfig config =
        new ModelConfig(
            Head.LANGUAGE_MODEL,
            heads * headDim,
            2,
            heads,
            keyValueHeads,
            headDim,
            256,
            1e-6,
            1000,
            false,
            28,
            160,
            List.of(1),
            0);
    try (DjlTrainer trainer =
        DjlTrainer.fromRandom(
            new ModelDirectory(config, TinyModel.tokenizer()), .1, 11, OPTIMIZER, 3, 512)) {
      RandomStream random = new RandomStream(3);
      for (int step = 0; step < 2; step++) {
        List<TrainingSequence> batch = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          int[] tokens = tokens(random, 60, 150);
          float[] weights = new float[tokens.length];
          Arrays.fill(weights, 1, weights.length, 1f / tokens.length);
          batch.add(TrainingSequence.weighted(tokens, weights));
        }
        var unused = trainer.step(batch, new Loss.CrossEntropy());
      }
      values.put(name + ".training", hash(trainer.weights()));
      trainer.save(folder);
    }
    List<GenerationRequest> requests = requests(count);
    List<float[]> together;
    try (LanguageModel model = open(folder, 64)) {
      together = logprobs(model.generate(requests));
    }
    boolean equal = true;
    for (int rows : new int[] {1, 5, 37}) {
      try (LanguageModel model = open(folder, rows)) {
        equal &= same(together, logprobs(model.generate(requests)));
      }
    }
    try (LanguageModel model = open(folder, 64)) {
      List<float[]> alone = new ArrayList<>();
      requests.forEach(request -> alone.addAll(logprobs(model.generate(List.of(request)))));
      equal &= same(together, alone);
    }
    values.put(name + ".generation", hash(together.toArray(float[][]::new)));
    values.put(name + ".equal", String.valueOf(equal));
    return equal;
  }

  private static LanguageModel open(Path folder, int rows) {
    return DjlModels.languageModel("m", folder, rows, DjlSpec.usual("m"));
  }

  private static List<GenerationRequest> requests(int count) {
    RandomStream random = new RandomStream(9);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder prompt = new StringBuilder();
      for (int token : tokens(random, 2, i % 3 == 0 ? 70 : 20)) {
        prompt.append(Chains.VOCABULARY.charAt(token));
      }
      List<Long> seeds = LongStream.range(100L * i, 100L * i + 1 + i % 3).boxed().toList();
      requests.add(new GenerationRequest(prompt.toString(), Sampling.at(1, 8 + i % 30), seeds));
    }
    return requests;
  }

  private static int[] tokens(RandomStream random, int least, int most) {
    int[] tokens = new int[random.nextInt(least, most)];
    Arrays.setAll(tokens, i -> random.nextInt(2, 27));
    return tokens;
  }

  private static List<float[]> logprobs(List<Generation> generations) {
    return generations.stream()
        .flatMap(generation -> generation.completions().stream())
        .map(Completion::logprobs)
        .toList();
  }

  private static boolean same(List<float[]> one, List<float[]> other) {
    return Arrays.deepEquals(one.toArray(), other.toArray());
  }

  private static String hash(float[]... values) {
    StringBuilder bits = new StringBuilder();
    for (float[] each : values) {
      for (float value : each) {
        bits.append(Integer.toHexString(Float.floatToRawIntBits(value))).append(' ');
      }
      bits.append('\n');
    }
    return Hashes.hex(bits.toString());
  }
}
