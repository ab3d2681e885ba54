package dev.sluice.stages.training;

import dev.sluice.models.Trainer;
import dev.sluice.records.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Checkpoints of one training unit: {@code step-N} folders, of which the last two are kept. */
final class Checkpoints {
  private static final int KEPT = 2;
  private static final String METRICS = "metrics.tsv";

  private final Path folder;

  Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** Takes the trainer to the newest checkpoint, if any; returns the metrics up to there. */
  List<Metric> restore(Trainer trainer, String stageType) {
    List<Path> all = list();
    if (all.isEmpty()) {
      return List.of();
    }
    Path newest = all.get(all.size() - 1);
    trainer.restore(newest);
    try {
      List<Metric> metrics = new ArrayList<>();
      for (String line : Files.readAllLines(newest.resolve(METRICS))) {
        String[] cells = line.split("\t", -1);
        metrics.add(
            Metric.of(
                stageType, 0, Integer.parseInt(cells[0]), cells[1], Double.parseDouble(cells[2])));
      }
      return metrics;
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the checkpoint " + newest + " failed.", e);
    }
  }

  /** Writes a checkpoint; it counts once its folder has its name. */
  void save(Trainer trainer, List<Metric> metrics) {
    Path target = folder.resolve(String.format(Locale.ROOT, "step-%08d", trainer.steps()));
    Path temporary = folder.resolve(target.getFileName() + ".tmp");
    try {
      delete(temporary);
      Files.createDirectories(temporary);
      trainer.checkpoint(temporary);
      StringBuilder text = new StringBuilder();
      for (Metric metric : metrics) {
        text.append(metric.step()).append('\t').append(metric.name()).append('\t');
        text.append(metric.value()).append('\n');
      }
      Files.writeString(temporary.resolve(METRICS), text);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      List<Path> all = list();
      for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
        delete(old);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the checkpoint " + target + " failed.", e);
    }
  }

  private List<Path> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("step-\\d{8}"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Listing checkpoints in " + folder + " failed.", e);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
