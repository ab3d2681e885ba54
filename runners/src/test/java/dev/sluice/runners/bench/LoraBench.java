package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Architecture;
import dev.sluice.models.Lora;
import dev.sluice.models.Loss;
import dev.sluice.models.Optimizer;
import dev.sluice.models.Trainer;
import dev.sluice.models.TrainerOptions;
import dev.sluice.models.TrainingSequence;
import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.records.RandomStream;
import dev.sluice.runners.bench.Peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tokens a second of training adapters of rank 8 in every layer of a decoder of 21 M random
 * weights: 8 rows of 128 tokens a step, none of them padding, each token but the first predicted.
 * One run is three steps.
 */
final class LoraBench implements Bench.Measurement {
  private static final int STEPS = 3;
  private static final int ROWS = 8;
  private static final int LENGTH = 128;
  private static final int RANK = 8;
  private static final int ALPHA = 16;
  private static final int WARM_UP = 2;
  private static final Optimizer OPTIMIZER =
      new Optimizer(1e-3, 0.9, 0.98, 1e-8, 0.01, 0, 1, null, 1.0);

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Path folder = bench.folder("lora");
    Path base = base(folder.resolve("base"));
    int[][][] batches = batches();
    Path file = folder.resolve("batches.json");
    new ObjectMapper().writeValue(file.toFile(), batches);
    TrainerOptions options =
        new TrainerOptions(
            OPTIMIZER,
            1000,
            TrainerOptions.Head.LANGUAGE_MODEL,
            new Lora(RANK, ALPHA, List.of(Lora.Matrix.values())),
            7);
    Optional<Peer> peer = bench.peers().start("lora", base, file, RANK, ALPHA);
    try (Trainer trainer = new DjlRuntime().train(base, options)) {
      List<List<TrainingSequence>> steps = sequences(batches);
      for (int i = 0; i < WARM_UP; i++) {
        speed(trainer, steps);
      }
      return List.of(
          bench.inTurns(
              "lora",
              "tok/s",
              new Figure.Aim.TimesAsFast(1),
              Bench.here(() -> speed(trainer, steps)),
              "PEFT",
              peer));
    } finally {
      peer.ifPresent(Peer::close);
    }
  }

  private static Path base(Path folder) throws IOException {
    Architecture shape =
        new Architecture("builtin:arithmetic", null, 512, 6, 8, 1536, 10_000, 256, 0.02);
    TrainerOptions whole = new TrainerOptions(OPTIMIZER, 1, TrainerOptions.Head.LANGUAGE_MODEL);
    Files.createDirectories(folder);
    try (Trainer trainer = new DjlRuntime().train(shape, 7, whole)) {
      trainer.save(folder);
    }
    return folder;
  }

  private static int[][][] batches() {
    RandomStream random = new RandomStream(7);
    int[][][] batches = new int[STEPS][ROWS][LENGTH];
    for (int[][] batch : batches) {
      for (int[] row : batch) {
        Arrays.setAll(row, t -> random.nextInt(2, 27));
      }
    }
    return batches;
  }

  private static List<List<TrainingSequence>> sequences(int[][][] batches) {
    float[] weights = new float[LENGTH];
    Arrays.fill(weights, 1, LENGTH, 1);
    return Arrays.stream(batches)
        .map(
            batch ->
                Arrays.stream(batch).map(row -> TrainingSequence.weighted(row, weights)).toList())
        .toList();
  }

  private static double speed(Trainer trainer, List<List<TrainingSequence>> steps) {
    long start = System.nanoTime();
    steps.forEach(batch -> trainer.step(batch, new Loss.CrossEntropy()));
    return STEPS * ROWS * LENGTH * 1e9 / (System.nanoTime() - start);
  }
}
