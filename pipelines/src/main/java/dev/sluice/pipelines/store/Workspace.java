package dev.sluice.pipelines.store;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.records.UserCache;
import dev.sluice.records.json.SealedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A workspace: a folder of this machine, or one on another file system. All that belongs to it is
 * read and written by {@link #files}; two are equal if they are the same place.
 */
public final class Workspace {
  /** Name of the file that makes a folder a workspace. */
  public static final String MARKER = "sluice-workspace.json";

  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*");

  private final String name;
  private final Path folder;
  private final FileStore files;

  private Workspace(String name, Path folder, FileStore files) {
    this.name = name;
    this.folder = folder;
    this.files = files;
  }

  /** The workspace in a folder of this machine. */
  public static Workspace of(Path folder) {
    return of(folder, new LocalFileStore(folder));
  }

  /** The workspace in a folder of this machine, its files handled by {@code files}. */
  public static Workspace of(Path folder, FileStore files) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new Workspace(absolute.toString(), absolute, files);
  }

  /**
   * The workspace that a text names: an address such as {@code s3://bucket/folder}, or a folder.
   *
   * @throws StoreException if it cannot be an address, or copies of its files cannot be kept here
   */
  public static Workspace at(String text) {
    if (isAddress(text)) {
      return at(text, UserCache.folder());
    }
    return of(text.startsWith("file:///") ? Path.of(URI.create(text)) : Path.of(text));
  }

  /** The workspace at an address, for the machine that keeps copies of its files in a folder. */
  static Workspace at(String address, Path caches) {
    BeamFileStore files = WorkerProcess.current().remoteStores().of(address, caches);
    return new Workspace(files.address(), files.folder(), files);
  }

  /** Whether a text names a place by a scheme, such as {@code s3://bucket/folder}. */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches() && !text.startsWith("file:");
  }

  /**
   * The place that an address names, in the workspace that it lies in.
   *
   * @param address the address of an artifact or of a file of a run
   */
  public static WorkspacePath path(String address) {
    int end = -1;
    for (String top : List.of("/artifacts/", "/runs/")) {
      end = Math.max(end, address.lastIndexOf(top));
    }
    return end < 0
        ? at(address).file("")
        : at(address.substring(0, end)).file(address.substring(end + 1));
  }

  /** The name in messages: the address, or the folder. */
  public String name() {
    return name;
  }

  /** The operations on its files. */
  public FileStore files() {
    return files;
  }

  /** Whether it is on another file system. */
  public boolean isRemote() {
    return isAddress(name);
  }

  /** The folder of the workspace; for a remote one the folder of local copies. */
  public Path localFolder() {
    return folder;
  }

  /** A file or folder by its path, with slashes. */
  public WorkspacePath file(String path) {
    return new WorkspacePath(this, path);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Workspace workspace
        && name.equals(workspace.name)
        && folder.equals(workspace.folder);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  /** What the marker file says. */
  record Marker(int formatVersion, String kind) {}

  /**
   * Looks whether the folder is a workspace or may become one; writes nothing.
   *
   * @throws StoreException if the folder holds something else
   */
  void check() {
    try {
      boolean unused = hasMarker();
    } catch (IOException e) {
      throw cannot("Looking into", e);
    }
  }

  /**
   * Makes the folder a workspace if it is none yet.
   *
   * @throws StoreException if the folder holds something else or cannot be written
   */
  public void prepare() {
    try {
      if (!hasMarker()) {
        mark();
      }
    } catch (IOException e) {
      throw cannot("Creating", e);
    }
  }

  /** Writes the marker again in a folder that lost it. */
  void mark() {
    try {
      if (files.isFolder(MARKER)) {
        setAside(MARKER);
      }
      files.write(
          MARKER,
          SealedJson.write(new Marker(SealedJson.FORMAT_VERSION, "sluice workspace"))
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw cannot("Creating", e);
    }
  }

  /** Whether the folder is a workspace but for its marker. */
  boolean lostItsMarker() {
    try {
      return files.size(MARKER) < 0
          && files.isFolder("runs")
          && (files.isFolder("artifacts") || files.isFolder("units"));
    } catch (IOException e) {
      return false;
    }
  }

  private StoreException cannot(String doing, IOException because) {
    return isRemote()
        ? StoreException.mistake(
            "The workspace %s cannot be used: %s. Check that its bucket or server exists, that this machine reaches it, and that you may read and write there; options for the connector go into %s."
                .formatted(name, StoreException.rootMessage(because), Connectors.VARIABLE))
        : StoreException.because(doing + " the workspace " + folder, because);
  }

  /** Whether the marker is there and whole; a folder that holds something else is refused. */
  private boolean hasMarker() throws IOException {
    if (files.size(MARKER) >= 0) {
      // A damaged marker still marks; it is written again at the next use.
      try {
        return SealedJson.read(files.read(MARKER), name + "/" + MARKER, Marker.class).isPresent();
      } catch (IOException e) {
        return false;
      }
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new StoreException(
          "%s is a file; a workspace is a folder. Name another with --workspace."
              .formatted(folder));
    }
    if (lostItsMarker()) {
      throw new StoreException(
          "The folder %s lost its file %s, which marks a workspace: it holds artifacts and runs. 'sluice verify --repair' writes it again."
              .formatted(name, MARKER));
    }
    // Whoever makes it a workspace at this moment writes the marker before anything else.
    if (!files.list("").isEmpty() && files.size(MARKER) < 0) {
      throw new StoreException(
          "The folder %s is not empty and is no workspace (it holds no %s); nothing was written. Name an empty or new folder with --workspace."
              .formatted(name, MARKER));
    }
    return false;
  }

  /** Takes a file or folder out of the way; nothing if there is none. */
  void setAside(String path) {
    try {
      if (files.size(path) >= 0 || files.isFolder(path)) {
        files.setAside(path, ArtifactStore.DAMAGED + Attempt.token());
      }
    } catch (IOException e) {
      throw StoreException.because("Setting " + path + " aside", e);
    }
  }

  /** Whether a file, or a folder with something in it, is under the name. */
  boolean holds(String path) {
    try {
      return files.size(path) >= 0 || !files.list(path).isEmpty();
    } catch (IOException e) {
      return false; // out of the workspace
    }
  }

  List<String> list(String path) {
    try {
      return files.list(path);
    } catch (IOException e) {
      throw StoreException.because("Listing the folder " + path, e);
    }
  }

  public Optional<byte[]> readIfThere(String path) {
    try {
      return files.readIfThere(path);
    } catch (IOException e) {
      throw StoreException.because("Reading the file " + path, e);
    }
  }
}
