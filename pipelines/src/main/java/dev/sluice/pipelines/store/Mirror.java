package dev.sluice.pipelines.store;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.records.UserCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of this machine that stands for a workspace on another file system. Whoever handles a
 * workspace by its path is given the path of the mirror; what lies in it are copies, and what
 * counts is what lies at the address. It may be removed whenever no command is at work.
 */
public final class Mirror {
  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*");
  private static final int PACE = 8;

  private final String address;
  private final Path root;
  private final BeamFileStore files;
  private final Map<Path, StringBuilder> appended = new ConcurrentHashMap<>();

  Mirror(String address, Path root, Connectors connectors) {
    this.address = address;
    this.root = root;
    this.files = new BeamFileStore(address, root, connectors);
  }

  /**
   * Those of this process. A path is all that most classes know of a workspace, so they ask here
   * instead of being given the mirrors.
   */
  private static Mirrors known() {
    return WorkerProcess.current().mirrors();
  }

  /** Whether a text names a place by a scheme, such as {@code s3://bucket/folder}. */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches() && !text.startsWith("file:");
  }

  /**
   * The mirror of the workspace at an address; the file system is not asked for anything yet.
   *
   * @throws StoreException if it cannot be an address, or the mirror cannot be made
   */
  public static Path of(String address) {
    return known().of(address, UserCache.folder());
  }

  /** The mirror that a path lies in; empty for a path of a workspace on this machine. */
  public static Optional<Mirror> around(Path path) {
    return known().around(path);
  }

  /** What people call a path of a workspace: its address if it lies elsewhere. */
  public static String name(Path path) {
    return around(path).map(mirror -> mirror.nameOf(path)).orElseGet(path::toString);
  }

  /**
   * The path of what {@link #name} called so; of an artifact's folder, or of a workspace's file.
   */
  public static Path path(String name) {
    if (!isAddress(name)) {
      return Path.of(name);
    }
    int end = -1;
    for (String top : List.of("/artifacts/", "/runs/")) {
      end = Math.max(end, name.lastIndexOf(top));
    }
    return end < 0 ? of(name) : of(name.substring(0, end)).resolve(name.substring(end + 1));
  }

  /** Why a file operation failed, in a few words. */
  public static String why(IOException failure) {
    return StoreException.reason(failure);
  }

  /** How long to wait between two looks: longer where each look is a request. */
  public static long pace(Path path, long local) {
    return around(path).isPresent() ? PACE * local : local;
  }

  /** The operations on the workspace of a folder, wherever it is. */
  static FileStore files(Path workspace) {
    return known().files(workspace);
  }

  /** The operations on the workspace. */
  BeamFileStore files() {
    return files;
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /** Address of the workspace. */
  public String address() {
    return address;
  }

  private String nameOf(Path path) {
    String below = below(path);
    return below.isEmpty() ? address : address + "/" + below;
  }

  private String below(Path path) {
    return root.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }

  /** Content of a file; null if there is none. */
  public byte @Nullable [] read(Path file) throws IOException {
    try {
      return files.read(below(file));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Writes a file, or replaces it. */
  public void write(Path file, byte[] content) throws IOException {
    files.write(below(file), content);
  }

  /** Adds to a file that this process alone writes: there is no appending elsewhere. */
  public void append(Path file, String text) throws IOException {
    StringBuilder all = appended.computeIfAbsent(file, none -> new StringBuilder());
    synchronized (all) {
      all.append(text);
      write(file, all.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Brings a file of the mirror there, such as a log that grows. */
  public void publish(Path file) throws IOException {
    if (Files.exists(file)) {
      write(file, Files.readAllBytes(file));
    }
  }

  /** Brings a file here, as it is now; returns its path. */
  public Path fetch(Path file) throws IOException {
    return files.fetch(below(file));
  }

  /** Whether there is a file. */
  public boolean exists(Path file) throws IOException {
    return files.size(below(file)) >= 0;
  }

  /** Removes a file; nothing if there is none. */
  public void delete(Path file) throws IOException {
    files.deleteFiles(List.of(below(file)));
  }

  /** When a file was written; empty if there is none. */
  public Optional<Instant> modified(Path file) throws IOException {
    return files.modified(below(file));
  }

  /** When the last of the files below a folder was written; empty if there is none. */
  public Optional<Instant> modifiedBelow(Path folder) throws IOException {
    return files.tree(below(folder)).stream().map(StoredFile::modified).max(Instant::compareTo);
  }

  /** Every file below a folder, by its path. */
  public List<Path> tree(Path folder) throws IOException {
    try (Stream<StoredFile> all = files.tree(below(folder)).stream()) {
      return all.map(file -> root.resolve(file.path())).toList();
    }
  }
}
