package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of random tokens, and steps on them: rows of one length, none of them padding, each token
 * but the first predicted.
 */
final class TrainingSteps {
  static final Optimizer OPTIMIZER = new Optimizer(1e-3, 0.9, 0.98, 1e-8, 0.01, 0, 1, null, 1.0);

  private final int[][][] batches;

  TrainingSteps(int steps, int rows, int length) {
    RandomStream random = new RandomStream(7);
    batches = new int[steps][rows][length];
    for (int[][] batch : batches) {
      for (int[] row : batch) {
        Arrays.setAll(row, t -> random.nextInt(2, 27));
      }
    }
  }

  /** Writes the batches for a peer. */
  Path write(Path file) throws IOException {
    new ObjectMapper().writeValue(file.toFile(), batches);
    return file;
  }

  /** Takes all steps a few times, to warm up. */
  void warmUp(Trainer trainer, int times) {
    for (int i = 0; i < times; i++) {
      double unused = speed(trainer);
    }
  }

  /** What a trainer takes at each step. */
  List<List<TrainingSequence>> batches() {
    return Arrays.stream(batches).map(TrainingSteps::sequences).toList();
  }

  /** Takes all steps; tokens a second. */
  double speed(Trainer trainer) {
    List<List<TrainingSequence>> steps = batches();
    long start = System.nanoTime();
    steps.forEach(batch -> trainer.step(batch, new Loss.CrossEntropy()));
    long tokens = (long) batches.length * batches[0].length * batches[0][0].length;
    return tokens * 1e9 / (System.nanoTime() - start);
  }

  private static List<TrainingSequence> sequences(int[][] batch) {
    float[] weights = new float[batch[0].length];
    Arrays.fill(weights, 1, weights.length, 1);
    return Arrays.stream(batch).map(row -> TrainingSequence.weighted(row, weights)).toList();
  }
}
