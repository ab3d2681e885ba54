package dev.sluice.runners.bench;

import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.runners.bench.Peers.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tokens a second of training the tiny architecture: 64 rows of 32 tokens a step. One run is ten
 * steps.
 */
final class TrainingBench implements Bench.Measurement {
  private static final int WARM_UP = 4;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    TrainingSteps steps = new TrainingSteps(10, 64, 32);
    Path file = steps.write(bench.folder("training").resolve("batches.json"));
    TrainerOptions options =
        new TrainerOptions(TrainingSteps.OPTIMIZER, 1000, TrainerOptions.Head.LANGUAGE_MODEL);
    Optional<Peer> peer = bench.peers().start("training", TinySolver.folder(), file);
    try (Trainer trainer = new DjlRuntime().train(TinySolver.folder(), options)) {
      steps.warmUp(trainer, WARM_UP);
      return List.of(
          bench.inTurns(
              "training",
              "tok/s",
              new Figure.Aim.TimesAsFast(1.2),
              Bench.here(() -> steps.speed(trainer)),
              "PyTorch",
              peer));
    } finally {
      peer.ifPresent(Peer::close);
    }
  }
}
