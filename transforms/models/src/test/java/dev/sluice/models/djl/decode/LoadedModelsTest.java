package dev.sluice.models.djl.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelCache;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.train.DjlTrainer;
import dev.sluice.models.training.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class LoadedModelsTest {
  private static final Optimizer OPTIMIZER =
      new Optimizer(1e-3, 0.9, 0.98, 1e-8, 0, 0, 1, null, 1.0);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path model(long seed) throws IOException {
    Path directory = Files.createDirectories(folder.resolve("m" + seed + "-" + System.nanoTime()));
    try (DjlTrainer trainer =
        DjlTrainer.fromRandom(TinyModel.directory(), 0.05, seed, OPTIMIZER, 1, 64)) {
      trainer.save(directory);
    }
    return directory;
  }

  @Test
  void equalContentIsLoadedOnce() throws IOException {
    try (LoadedModels cache = new LoadedModels(2);
        ModelCache.Handle<LoadedModel> first = cache.acquire(model(1));
        ModelCache.Handle<LoadedModel> copy = cache.acquire(model(1));
        ModelCache.Handle<LoadedModel> other = cache.acquire(model(2))) {
      assertThat(copy.model()).isSameAs(first.model());
      assertThat(other.model()).isNotSameAs(first.model());
      assertThat(cache.size()).isEqualTo(2);
    }
  }

  @Test
  void closesWhatWasUsedLongestAgoAndNobodyUses() throws IOException {
    Path one = model(1);
    Path two = model(2);
    try (LoadedModels cache = new LoadedModels(2)) {
      ModelCache.Handle<LoadedModel> used = cache.acquire(one);
      cache.acquire(two).close();
      cache.acquire(model(3)).close();
      assertThat(cache.size()).isEqualTo(2);
      LoadedModel kept = used.model();
      used.close();
      used.close();
      try (ModelCache.Handle<LoadedModel> again = cache.acquire(one)) {
        assertThat(again.model()).isSameAs(kept);
        try (ModelCache.Handle<LoadedModel> reloaded = cache.acquire(two)) {
          assertThat(reloaded.model().config().layers()).isEqualTo(3);
          assertThat(cache.size()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void modelsInUseStayBeyondTheCapacityUntilTheyAreGivenBack() throws IOException {
    try (LoadedModels cache = new LoadedModels(1)) {
      ModelCache.Handle<LoadedModel> one = cache.acquire(model(1));
      ModelCache.Handle<LoadedModel> two = cache.acquire(model(2));
      assertThat(cache.size()).isEqualTo(2);
      one.close();
      assertThat(cache.size()).isEqualTo(1);
      two.close();
      assertThat(cache.size()).isEqualTo(1);
    }
  }

  @Test
  void aDamagedModelLeavesNothingBehind() throws IOException {
    Path directory = model(1);
    Path weights = directory.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    try (LoadedModels cache = new LoadedModels(1)) {
      assertThatThrownBy(() -> cache.acquire(directory))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(weights + " is damaged: it ends at byte")
          .hasMessageContaining("(truncated)");
      assertThat(cache.size()).isZero();
    }
  }
}
