package dev.sluice.export;

import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A committed artifact: what one attempt at a stage left. A file is read only if its hash is what
 * the manifest says.
 *
 * @param folder {@code <workspace>/artifacts/<type>/<fingerprint>/<attempt>}
 * @param manifest its manifest
 */
public record Artifact(Path folder, Manifest manifest) {
  private static final String MANIFEST = "manifest.json";

  /**
   * Opens an artifact.
   *
   * @throws ExportException if it has no whole manifest
   */
  public static Artifact open(Path folder) {
    Path file = folder.resolve(MANIFEST);
    try {
      Optional<Manifest> manifest = Manifest.read(Files.readAllBytes(file), file.toString());
      if (manifest.isPresent()) {
        return new Artifact(folder, manifest.get());
      }
    } catch (IOException e) {
      throw new ExportException(
          "The artifact %s cannot be read: %s is missing. It was removed or moved; 'sluice run FILE' makes it again."
              .formatted(folder, MANIFEST),
          e);
    }
    throw new ExportException(
        "The artifact %s cannot be read: its %s is damaged. 'sluice verify --repair' finds what is wrong, 'sluice run FILE' makes it again."
            .formatted(folder, MANIFEST));
  }

  /** The workspace, from which the manifest's places count. */
  public Path workspace() {
    Path up = folder;
    for (int i = 0; i < 4; i++) {
      Path parent = up.getParent();
      if (parent == null) {
        throw new ExportException(
            "The artifact %s is not in a workspace (<workspace>/artifacts/<type>/<fingerprint>/<attempt>)."
                .formatted(folder));
      }
      up = parent;
    }
    return up;
  }

  /** Whether the manifest lists files of a table. */
  public boolean wrote(String table) {
    return !manifest.shards(table).isEmpty();
  }

  /** The artifacts that this one was made of. */
  public List<Artifact> inputs() {
    Set<Path> folders = new LinkedHashSet<>();
    manifest.inputs().values().forEach(input -> folders.add(place(input)));
    List<Artifact> inputs = new ArrayList<>();
    folders.forEach(place -> inputs.add(open(place)));
    return inputs;
  }

  /** The artifact that a port read; empty if the port was not wired. */
  public Optional<Artifact> input(String port) {
    Manifest.Input input = manifest.inputs().get(port);
    return input == null ? Optional.empty() : Optional.of(open(place(input)));
  }

  private Path place(Manifest.Input input) {
    return workspace()
        .resolve("artifacts")
        .resolve(input.stageType())
        .resolve(input.fingerprint())
        .resolve(input.attempt());
  }

  /** This artifact or the nearest of those that it was made of which wrote a table. */
  public Optional<Artifact> origin(String table) {
    if (wrote(table)) {
      return Optional.of(this);
    }
    List<Artifact> level = inputs();
    while (!level.isEmpty()) {
      List<Artifact> next = new ArrayList<>();
      for (Artifact artifact : level) {
        if (artifact.wrote(table)) {
          return Optional.of(artifact);
        }
        next.addAll(artifact.inputs());
      }
      level = next;
    }
    return Optional.empty();
  }

  /** Folders of this artifact and of all that it was made of. */
  public Set<Path> lineage() {
    Set<Path> folders = new LinkedHashSet<>();
    Deque<Artifact> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Artifact next = open.remove();
      if (folders.add(next.folder)) {
        open.addAll(next.inputs());
      }
    }
    return folders;
  }

  /** Hands all rows of a table to the consumer, in order. */
  public <R extends Record> void forEach(Table<R> table, Consumer<R> consumer) {
    manifest.shards(table.name()).forEach(shard -> forEach(shard, table, Set.of(), consumer));
  }

  /**
   * Hands the rows of one file to the consumer, in order.
   *
   * @param without columns that are not loaded
   * @throws ExportException if the file is not what the manifest says
   */
  public <R extends Record> void forEach(
      ShardFile shard, Table<R> table, Set<String> without, Consumer<R> consumer) {
    Path file = workspace().resolve(shard.path());
    FileHashes.expect(file, shard.sha256(), manifest.stage());
    TableReader.forEach(file, table, without, consumer);
  }
}
