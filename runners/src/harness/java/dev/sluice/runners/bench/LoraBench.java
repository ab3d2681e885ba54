package dev.sluice.runners.bench;

import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.models.training.Architecture;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.runners.bench.Peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tokens a second of training adapters of rank 8 in every layer of a decoder of 21 M random
 * weights: 8 rows of 128 tokens a step. One run is three steps.
 */
final class LoraBench implements Bench.Measurement {
  private static final Lora LORA = new Lora(8, 16, List.of(Lora.Matrix.values()));
  private static final int WARM_UP = 2;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Path folder = bench.folder("lora");
    Path base = base(folder.resolve("base"));
    TrainingSteps steps = new TrainingSteps(3, 8, 128);
    Path file = steps.write(folder.resolve("batches.json"));
    TrainerOptions options =
        new TrainerOptions(
            TrainingSteps.OPTIMIZER, 1000, TrainerOptions.Head.LANGUAGE_MODEL, LORA, 7);
    Optional<Peer> peer = bench.peers().start("lora", base, file, LORA.rank(), (int) LORA.alpha());
    try (Trainer trainer = new DjlRuntime().train(base, options)) {
      steps.warmUp(trainer, WARM_UP);
      return List.of(
          bench.inTurns(
              "lora",
              "tok/s",
              new Figure.Aim.TimesAsFast(1),
              Bench.here(() -> steps.speed(trainer)),
              "PEFT",
              peer));
    } finally {
      peer.ifPresent(Peer::close);
    }
  }

  private static Path base(Path folder) throws IOException {
    Architecture shape =
        new Architecture("builtin:arithmetic", null, 512, 6, 8, 1536, 10_000, 256, 0.02);
    TrainerOptions whole =
        new TrainerOptions(TrainingSteps.OPTIMIZER, 1, TrainerOptions.Head.LANGUAGE_MODEL);
    Files.createDirectories(folder);
    try (Trainer trainer = new DjlRuntime().train(shape, 7, whole)) {
      trainer.save(folder);
    }
    return folder;
  }
}
