package dev.sluice.pipelines.store;

import dev.sluice.records.json.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a workspace is: its marker, and its files by path.
 *
 * @param folder the folder, absolute
 * @param files the operations on its files
 */
public record Workspace(Path folder, FileStore files) {
  /** Name of the file that makes a folder a workspace. */
  public static final String MARKER = "sluice-workspace.json";

  public Workspace(Path folder, FileStore files) {
    this.folder = folder.toAbsolutePath().normalize();
    this.files = files;
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
    return Mirror.around(folder).isPresent()
        ? StoreException.mistake(
            "The workspace %s cannot be used: %s. Check that its bucket or server exists, that this machine reaches it, and that you may read and write there; options for the connector go into %s."
                .formatted(
                    Mirror.name(folder), StoreException.rootMessage(because), Connectors.VARIABLE))
        : StoreException.because(doing + " the workspace " + folder, because);
  }

  /** Whether the marker is there and whole; a folder that holds something else is refused. */
  private boolean hasMarker() throws IOException {
    if (files.size(MARKER) >= 0) {
      // A damaged marker still marks; it is written again at the next use.
      try {
        return SealedJson.read(files.read(MARKER), name() + "/" + MARKER, Marker.class).isPresent();
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
              .formatted(name(), MARKER));
    }
    // Whoever makes it a workspace at this moment writes the marker before anything else.
    if (!files.list("").isEmpty() && files.size(MARKER) < 0) {
      throw new StoreException(
          "The folder %s is not empty and is no workspace (it holds no %s); nothing was written. Name an empty or new folder with --workspace."
              .formatted(name(), MARKER));
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

  /** What people call it. */
  String name() {
    return Mirror.name(folder);
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
