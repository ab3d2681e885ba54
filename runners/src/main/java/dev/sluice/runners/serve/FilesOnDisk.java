package dev.sluice.runners.serve;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.schedule.LastGoodFiles;
import dev.sluice.pipelines.schedule.ScheduledFile;
import dev.sluice.pipelines.schedule.ScheduledFiles;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pipeline files on this machine's disk, and what schedules with {@code on_new_data} wait for. */
final class FilesOnDisk implements ScheduledFiles {
  /** A file is looked at again after this long. */
  private static final long BETWEEN_LOOKS_NANOS = 2_000_000_000L;

  private record Known(Instant changed, long bytes, Look look, long at) {}

  private final Workspace workspace;
  private final LastGoodFiles lastGood;
  private final Registry registry;
  private final Map<String, String> environment;
  private final Map<String, Known> known = new HashMap<>();

  FilesOnDisk(Workspace workspace, Registry registry, Map<String, String> environment) {
    this.workspace = workspace;
    this.lastGood = new LastGoodFiles(workspace.localFolder());
    this.registry = registry;
    this.environment = environment;
  }

  @Override
  public Look look(String file) {
    Known before = known.get(file);
    long now = System.nanoTime();
    if (before != null && now - before.at() < BETWEEN_LOOKS_NANOS) {
      return before.look();
    }
    Known after = read(Path.of(file), before, now);
    known.put(file, after);
    return after.look();
  }

  private Known read(Path file, @Nullable Known before, long now) {
    Instant changed = Instant.EPOCH;
    long bytes = -1;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      changed = attributes.lastModifiedTime().toInstant();
      bytes = attributes.size();
    } catch (IOException e) {
      // Reading it says what is wrong.
    }
    if (before != null && before.changed().equals(changed) && before.bytes() == bytes) {
      return new Known(changed, bytes, before.look(), now);
    }
    try {
      ScheduledFile scheduled = ScheduledFile.load(file, Instant.now(), environment, registry);
      lastGood.keep(file, Files.readString(file));
      return new Known(changed, bytes, new Look(scheduled, null, changed), now);
    } catch (ScheduledFile.Unfit | IOException e) {
      Look broken =
          new Look(
              null,
              e.getMessage(),
              changed,
              lastGood.alerts(file, Instant.now(), environment, registry));
      return new Known(changed, bytes, broken, now);
    }
  }

  @Override
  public String data(String data) {
    boolean pattern = data.contains("/") || data.contains("*") || data.contains(".");
    return pattern ? ofFiles(data) : ofPipeline(data);
  }

  private static String ofFiles(String pattern) {
    Path absolute = Path.of(pattern).toAbsolutePath().normalize();
    Path root = absolute;
    while (root.getParent() != null && root.toString().matches(".*[*?\\[{].*")) {
      root = root.getParent();
    }
    List<Object> parts = new ArrayList<>();
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + absolute);
    try (Stream<Path> files = Files.exists(root) ? Files.walk(root) : Stream.empty()) {
      for (Path file : files.filter(matcher::matches).sorted().toList()) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
          parts.add(file);
          parts.add(attributes.size());
          parts.add(attributes.lastModifiedTime());
        }
      }
    } catch (IOException | RuntimeException e) {
      // A file that goes while it is looked at: the next look tells.
      parts.add(String.valueOf(e.getMessage()));
    }
    return Hashes.hex(parts.toArray());
  }

  /** The artifacts of the pipeline's newest run that succeeded. */
  private String ofPipeline(String name) {
    List<RunFolder> runs = RunFolder.all(workspace);
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunFolder run = runs.get(i);
      var report = run.pipeline().equals(name) ? run.report() : null;
      if (report != null && report.state() == RunState.SUCCEEDED) {
        return Hashes.hex(
            report.stages().stream().map(StageReport::artifact).map(String::valueOf).toArray());
      }
    }
    return Hashes.hex();
  }
}
