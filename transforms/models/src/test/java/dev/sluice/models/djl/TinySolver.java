package dev.sluice.models.djl;

import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.train.DjlTrainer;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A solver that has seen a little, made once for all tests of a run. */
final class TinySolver {
  private static final Path FOLDER = make();

  private TinySolver() {}

  static Path folder() {
    return FOLDER;
  }

  private static Path make() {
    Optimizer optimizer = new Optimizer(3e-3, 0.9, 0.98, 1e-8, 0.01, 10, 1, null, 1.0);
    try (DjlTrainer trainer =
        DjlTrainer.fromRandom(TinyModel.directory(), 0.05, 7, optimizer, 60, 700)) {
      Chains chains = new Chains(7);
      for (int step = 0; step < 60; step++) {
        trainer.step(chains.batch(16), new Loss.CrossEntropy());
      }
      Path folder = Files.createTempDirectory("tiny-solver");
      trainer.save(folder);
      for (String file :
          new String[] {
            "config.json", "generation_config.json", "tokenizer.json", "model.safetensors"
          }) {
        folder.resolve(file).toFile().deleteOnExit();
      }
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
