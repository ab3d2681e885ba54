package dev.sluice.stages.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.models.training.Trainer;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of one training unit: folders {@code OWNER/step-N}, of which the last two are kept.
 * Each try at the unit writes into a folder of its own and goes on from the newest whole checkpoint
 * of any, so that two processes at the same unit do not disturb each other. A checkpoint lists the
 * hashes of its files; one that is not what it lists is passed over.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final int KEPT = 2;
  private static final String METRICS = "metrics.tsv";
  private static final String SUMS = "sha256.txt";

  private final Path folder;
  private final Path own;

  Checkpoints(Path folder) {
    this.folder = folder;
    this.own = folder.resolve(UUID.randomUUID().toString().substring(0, 8));
  }

  /** Takes the trainer to the newest whole checkpoint, if any; returns the metrics up to there. */
  List<Metric> restore(Trainer trainer, String stageType) {
    List<Path> all = list();
    for (int i = all.size() - 1; i >= 0; i--) {
      Path checkpoint = all.get(i);
      try {
        if (whole(checkpoint)) {
          List<Metric> metrics = metrics(checkpoint, stageType);
          trainer.restore(checkpoint);
          return metrics;
        }
        LOG.warn("The checkpoint {} is damaged; an earlier one is taken.", checkpoint);
      } catch (NoSuchFileException e) {
        // Another process has removed it, since it has newer ones.
      } catch (IOException e) {
        throw new UncheckedIOException("Reading the checkpoint " + checkpoint + " failed.", e);
      }
    }
    return List.of();
  }

  private static List<Metric> metrics(Path checkpoint, String stageType) throws IOException {
    List<Metric> metrics = new ArrayList<>();
    for (String line : Files.readAllLines(checkpoint.resolve(METRICS))) {
      String[] cells = line.split("\t", -1);
      metrics.add(
          Metric.of(
              stageType, 0, Integer.parseInt(cells[0]), cells[1], Double.parseDouble(cells[2])));
    }
    return metrics;
  }

  /** Writes a checkpoint; it counts once its folder has its name. */
  void save(Trainer trainer, List<Metric> metrics) {
    Path target = own.resolve(String.format(Locale.ROOT, "step-%08d", trainer.steps()));
    Path temporary = own.resolve(target.getFileName() + ".tmp");
    try {
      Files.createDirectories(temporary);
      trainer.checkpoint(temporary);
      StringBuilder text = new StringBuilder();
      for (Metric metric : metrics) {
        text.append(metric.step()).append('\t').append(metric.name()).append('\t');
        text.append(metric.value()).append('\n');
      }
      Files.writeString(temporary.resolve(METRICS), text);
      Files.writeString(temporary.resolve(SUMS), sums(temporary));
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      List<Path> all = list();
      for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
        delete(old);
      }
    } catch (NoSuchFileException e) {
      // Another process has finished the unit and removed its checkpoints: nobody needs this one.
      LOG.info("The checkpoint {} was removed while it was written.", target);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the checkpoint " + target + " failed.", e);
    }
  }

  private static boolean whole(Path checkpoint) throws IOException {
    Path sums = checkpoint.resolve(SUMS);
    return Files.exists(sums)
        && sums(checkpoint).equals(new String(Files.readAllBytes(sums), ISO_8859_1));
  }

  /** A line for each file: its hash and its name. */
  private static String sums(Path checkpoint) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(checkpoint)) {
      if (!file.endsWith(SUMS)) {
        text.append(HexFormat.of().formatHex(Hashes.sha256().digest(Files.readAllBytes(file))))
            .append("  ")
            .append(checkpoint.relativize(file))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static List<Path> files(Path checkpoint) throws IOException {
    try (Stream<Path> all = Files.walk(checkpoint)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** All checkpoints, whoever wrote them, by their steps. */
  private List<Path> list() {
    List<Path> all = new ArrayList<>();
    for (Path owner : entries(folder)) {
      for (Path entry : entries(owner)) {
        if (entry.getFileName().toString().matches("step-\\d{8}")) {
          all.add(entry);
        }
      }
    }
    all.sort(Comparator.comparing(Path::getFileName).thenComparing(Comparator.naturalOrder()));
    return all;
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Listing checkpoints in " + folder + " failed.", e);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      LOG.debug("Another process removes {}, too.", tree, e);
    }
  }
}
