package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Loss;
import dev.sluice.models.Optimizer;
import dev.sluice.models.Trainer;
import dev.sluice.models.TrainerOptions;
import dev.sluice.models.TrainingSequence;
import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.records.RandomStream;
import dev.sluice.runners.bench.Peers.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tokens a second of training the tiny architecture: 64 rows of 32 tokens a step, none of them
 * padding, each token but the first predicted. One run is ten steps.
 */
final class TrainingBench implements Bench.Measurement {
  private static final int STEPS = 10;
  private static final int ROWS = 64;
  private static final int LENGTH = 32;
  private static final int WARM_UP = 4;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Path folder = bench.folder("training");
    int[][][] batches = batches();
    Path file = folder.resolve("batches.json");
    new ObjectMapper().writeValue(file.toFile(), batches);
    Optimizer optimizer = new Optimizer(1e-3, 0.9, 0.98, 1e-8, 0.01, 0, 1, null, 1.0);
    TrainerOptions options =
        new TrainerOptions(optimizer, 1000, TrainerOptions.Head.LANGUAGE_MODEL);
    Optional<Peer> peer = bench.peers().start("training", TinySolver.folder(), file);
    try (Trainer trainer = new DjlRuntime().train(TinySolver.folder(), options)) {
      List<List<TrainingSequence>> steps = sequences(batches);
      for (int i = 0; i < WARM_UP; i++) {
        speed(trainer, steps);
      }
      return List.of(
          bench.inTurns(
              "training",
              "tok/s",
              new Figure.Aim.TimesAsFast(1.2),
              Bench.here(() -> speed(trainer, steps)),
              "PyTorch",
              peer));
    } finally {
      peer.ifPresent(Peer::close);
    }
  }

  static int[][][] batches() {
    RandomStream random = new RandomStream(7);
    int[][][] batches = new int[STEPS][ROWS][LENGTH];
    for (int[][] batch : batches) {
      for (int[] row : batch) {
        Arrays.setAll(row, t -> random.nextInt(2, 27));
      }
    }
    return batches;
  }

  static List<List<TrainingSequence>> sequences(int[][][] batches) {
    float[] weights = new float[LENGTH];
    Arrays.fill(weights, 1, LENGTH, 1);
    List<List<TrainingSequence>> steps = new ArrayList<>();
    for (int[][] batch : batches) {
      steps.add(Arrays.stream(batch).map(row -> TrainingSequence.weighted(row, weights)).toList());
    }
    return steps;
  }

  private static double speed(Trainer trainer, List<List<TrainingSequence>> steps) {
    long start = System.nanoTime();
    steps.forEach(batch -> trainer.step(batch, new Loss.CrossEntropy()));
    return STEPS * ROWS * LENGTH * 1e9 / (System.nanoTime() - start);
  }
}
