package dev.sluice.runners.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.export.ExportManifest;
import dev.sluice.export.FileHashes;
import dev.sluice.export.TextFiles;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.manifest.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The copy of a dataset in a folder of the person's. It is compared by hash in every run, so that a
 * copy that is whole costs nothing but reading it. Files that no export wrote are never changed.
 */
final class DatasetCopy {
  private static final int SHOWN = 3;

  private final Map<String, String> files;
  private final Supplier<Path> local;
  private final Path out;
  private final boolean replace;

  /**
   * A copy to place.
   *
   * @param dataset the artifact's folder, with the hashes of its files
   * @param local the folder on this machine; asked for only if something is to be copied
   * @param out where the copy goes
   * @param replace whether an earlier export there is replaced
   */
  DatasetCopy(ModelFolder dataset, Supplier<Path> local, Path out, boolean replace) {
    this.files = new TreeMap<>(dataset.files());
    this.local = local;
    this.out = out;
    this.replace = replace;
  }

  /** What is wrong with a folder before a run: it holds something that no export wrote. */
  static List<ConfigMistake> mistakes(String out, boolean replace) {
    Path folder = Path.of(out);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      return List.of(new ConfigMistake("out", "'%s' is a file; name a folder".formatted(folder)));
    }
    try {
      return replace
              || !Files.exists(folder)
              || isEmpty(folder)
              || !EarlierFiles.of(folder).isEmpty()
          ? List.of()
          : List.of(
              new ConfigMistake(
                  "out",
                  "the folder '%s' holds files, but no export; name a new folder, or write 'replace: true', which keeps files that no export wrote"
                      .formatted(folder)));
    } catch (IOException e) {
      return List.of(
          new ConfigMistake(
              "out", "the folder '%s' cannot be read (%s)".formatted(folder, e.getMessage())));
    }
  }

  /**
   * Writes the copy, or what is missing of it.
   *
   * @throws ExportException if something else is there, or the copy cannot be written
   */
  void place() {
    try {
      placeIn(Files.exists(out) ? out.toRealPath() : out.toAbsolutePath());
    } catch (IOException e) {
      throw failed(e);
    } catch (UncheckedIOException e) {
      throw failed(Objects.requireNonNull(e.getCause()));
    }
  }

  private ExportException failed(IOException e) {
    return new ExportException(
        "Copying the dataset to %s failed: %s. The dataset itself is in the workspace; free space or mend the folder, and run the file again."
            .formatted(out, RegularFiles.why(e)),
        e);
  }

  private void placeIn(Path folder) throws IOException {
    if (!Files.exists(folder) || (Files.isDirectory(folder) && isEmpty(folder))) {
      Path partial = copied(folder, files.keySet());
      TextFiles.removeIfEmpty(folder);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new ExportException(
          "The dataset cannot be copied to %s: it is a file. Name a folder.".formatted(folder));
    }
    Set<String> missing = new TreeSet<>();
    Set<String> different = new TreeSet<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path place = folder.resolve(file.getKey());
      if (!Files.exists(place)) {
        missing.add(file.getKey());
      } else if (!Files.isRegularFile(place) || !FileHashes.sha256(place).equals(file.getValue())) {
        different.add(file.getKey());
      }
    }
    if (missing.isEmpty() && different.isEmpty()) {
      return;
    }
    Set<String> earlier = EarlierFiles.of(folder);
    boolean restores =
        different.isEmpty() && !missing.contains(ExportManifest.FILE) && !earlier.isEmpty();
    if (!restores) {
      refuse(folder, different, earlier);
    }
    Set<String> changed = new TreeSet<>(missing);
    changed.addAll(different);
    install(folder, changed, earlier);
  }

  /** Refuses what must not be replaced. */
  private void refuse(Path folder, Set<String> different, Set<String> earlier) {
    if (!replace) {
      throw new ExportException(
          "The folder %s does not hold this dataset%s. Write 'replace: true' to replace an earlier export, or name another folder as 'out'."
              .formatted(folder, different.isEmpty() ? "" : ": it has another " + some(different)));
    }
    Set<String> foreign = new TreeSet<>(different);
    foreign.removeAll(earlier);
    if (!foreign.isEmpty()) {
      throw new ExportException(
          "The folder %s holds %s, which no export wrote and the dataset would overwrite. Move it, or name another folder as 'out'."
              .formatted(folder, some(foreign)));
    }
  }

  /**
   * Puts changed files in their places and removes those that only the earlier export had. Without
   * its manifest the folder is no export until the new one is whole; what the earlier one listed is
   * kept beside, so that a run that is killed here can go on.
   */
  private void install(Path folder, Set<String> changed, Set<String> earlier) throws IOException {
    Path partial = copied(folder, changed);
    Path manifest = folder.resolve(ExportManifest.FILE);
    if (changed.contains(ExportManifest.FILE) && Files.exists(manifest)) {
      Files.move(manifest, folder.resolve(EarlierFiles.REPLACED), StandardCopyOption.ATOMIC_MOVE);
    }
    List<String> order = new ArrayList<>(changed);
    order.remove(ExportManifest.FILE);
    for (String file : order) {
      move(partial, folder, file);
    }
    for (String file : earlier) {
      if (!files.containsKey(file)) {
        Files.deleteIfExists(folder.resolve(file));
      }
    }
    if (changed.contains(ExportManifest.FILE)) {
      move(partial, folder, ExportManifest.FILE);
    }
    Files.deleteIfExists(folder.resolve(EarlierFiles.REPLACED));
    delete(partial);
  }

  private static void move(Path from, Path to, String file) throws IOException {
    Path place = to.resolve(file);
    Files.createDirectories(place.getParent());
    Files.move(from.resolve(file), place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Copies files to a folder beside the place, from which they are moved into it. */
  private Path copied(Path folder, Set<String> names) throws IOException {
    Path source = local.get();
    Path partial = folder.resolveSibling("." + folder.getFileName() + ".partial");
    delete(partial);
    Files.createDirectories(partial);
    for (String name : names) {
      Path copy = partial.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(source.resolve(name), copy);
      String found = FileHashes.sha256(copy);
      if (!found.equals(files.get(name))) {
        throw new ExportException(
            "Copying the dataset to %s failed: the copy of %s has the SHA-256 %s instead of %s. Look at the disk and run the file again."
                .formatted(out, name, found, files.get(name)));
      }
    }
    return partial;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (Stream<Path> found = Files.walk(folder)) {
        all = new ArrayList<>(found.toList());
      }
      Collections.reverse(all);
      for (Path each : all) {
        Files.delete(each);
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static String some(Set<String> names) {
    return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? " and %d more".formatted(names.size() - SHOWN) : "");
  }
}
