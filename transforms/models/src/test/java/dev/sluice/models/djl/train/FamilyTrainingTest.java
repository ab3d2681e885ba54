package dev.sluice.models.djl.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.Chains;
import dev.sluice.models.djl.FamiliesTest;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients reach the weights of every family. */
@Tag("native")
class FamilyTrainingTest {
  private static final Optimizer OPTIMIZER =
      new Optimizer(3e-3, 0.9, 0.98, 1e-8, 0, 0, 1, null, 1.0);

  static List<String> languageModels() throws java.io.IOException {
    return FamiliesTest.languageModels();
  }

  @ParameterizedTest
  @MethodSource("languageModels")
  void learns(String name) {
    ModelConfig config = ModelDirectory.read(FamiliesTest.root().resolve(name)).config();
    ModelDirectory directory = new ModelDirectory(config, TinyModel.tokenizer());
    Chains chains = new Chains(5);
    try (DjlTrainer trainer = DjlTrainer.fromRandom(directory, 0.05, 5, OPTIMIZER, 30, 512)) {
      float[] before = trainer.weights();
      double first = trainer.step(chains.batch(8), new Loss.CrossEntropy()).loss();
      float[] after = trainer.weights();
      int moved = 0;
      for (int i = 0; i < before.length; i++) {
        moved += before[i] == after[i] ? 0 : 1;
      }
      // Rows of the embedding that no text uses stay where they are.
      int unused = config.vocabularySize() * config.hiddenSize();
      assertThat(moved).isGreaterThan(before.length - unused - 1);
      double last = first;
      for (int step = 0; step < 29; step++) {
        last = trainer.step(chains.batch(8), new Loss.CrossEntropy()).loss();
      }
      assertThat(last).isLessThan(0.9 * first);
    }
  }
}
