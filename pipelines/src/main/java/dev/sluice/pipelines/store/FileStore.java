package dev.sluice.pipelines.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file operations that a workspace needs. Paths are relative to it, with slashes. Nothing here
 * locks or creates exclusively, so that object stores can stand behind it.
 */
public interface FileStore {

  /** Begins a file under a name that nobody else uses, with the folders above it. */
  OutputStream create(String path) throws IOException;

  /** Makes a file that was written and closed survive a loss of power. */
  void sync(String path) throws IOException;

  /**
   * Whether others see a file grow; where not, it is brought away whole with each {@link #sync}.
   */
  default boolean appends() {
    return true;
  }

  /** Makes the names in a folder survive a loss of power. */
  void syncFolder(String path) throws IOException;

  /** Puts a small file in place, whole and durable; one that is there is replaced. */
  void write(String path, byte[] content) throws IOException;

  /** The same, but a loss of power may take it back. */
  default void replace(String path, byte[] content) throws IOException {
    write(path, content);
  }

  /** Adds to a file that this process alone writes. */
  void append(String path, byte[] content) throws IOException;

  byte[] read(String path) throws IOException;

  /** The same; empty if there is no such file. */
  default Optional<byte[]> readIfThere(String path) throws IOException {
    try {
      return size(path) < 0 ? Optional.empty() : Optional.of(read(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Length of a file, or -1 if there is none. */
  long size(String path) throws IOException;

  /** When a file was last written; empty if there is none. */
  Optional<Instant> modified(String path) throws IOException;

  /** Whether there is a folder under the name. */
  default boolean isFolder(String path) throws IOException {
    return !list(path).isEmpty();
  }

  /** Names in a folder, sorted; empty if there is no such folder. */
  List<String> list(String path) throws IOException;

  /**
   * Names of the folders in a folder, sorted; those that hold a file of the given name left out.
   */
  default List<String> foldersWithout(String file, String path) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : list(path)) {
      String folder = path + "/" + name;
      if (isFolder(folder) && size(folder + "/" + file) < 0) {
        names.add(name);
      }
    }
    return names;
  }

  /** Paths of the folders so many levels below a folder, sorted. */
  default List<String> list(String path, int depth) throws IOException {
    List<String> folders = new ArrayList<>(List.of(path));
    for (int i = 0; i < depth; i++) {
      List<String> below = new ArrayList<>();
      for (String folder : folders) {
        list(folder).forEach(name -> below.add(folder + "/" + name));
      }
      folders = below;
    }
    return folders;
  }

  /** Every file below a folder, temporary ones included, by path; empty if there is no folder. */
  List<StoredFile> tree(String path) throws IOException;

  /** Removes the folders below a folder that hold no file, and itself if it holds none. */
  void deleteEmptyFolders(String path) throws IOException;

  /** Takes a file out of the way: its content stays under its name with the mark behind it. */
  void setAside(String path, String mark) throws IOException;

  /** Deletes a file or a folder with all that it holds; nothing if it is not there. */
  void delete(String path) throws IOException;

  /** Deletes files; nothing for one that is not there. */
  default void deleteFiles(List<String> paths) throws IOException {
    for (String path : paths) {
      delete(path);
    }
  }

  /** How many files are worth deleting between two looks at what changed. */
  default int deletesAtOnce() {
    return 1;
  }

  /** How long after it was written a file may be missing from lists. */
  default Duration late() {
    return Duration.ZERO;
  }

  /** Time between two polls: longer where each poll is a request. */
  default long pace(long local) {
    return local;
  }

  /** Uploads what was written to the local path of a file; nothing for a local workspace. */
  default void publish(String path) throws IOException {}

  /** A folder on local disk, made durable with the folders above it. */
  Path folder(String path) throws IOException;

  /** A folder on local disk that holds what others have put into it. */
  default Path pull(String path) throws IOException {
    return folder(path);
  }

  /** Makes durable, for others too, what changed in a folder that was pulled. */
  default void push(String path) throws IOException {}

  /** The place of a file on local disk, whether or not it is there. */
  Path local(String path) throws IOException;

  /** The place of a file on local disk, where it lies as it is now. */
  default Path fetch(String path) throws IOException {
    return local(path);
  }

  /** Has the next {@link #fetch} bring the file anew. */
  default void forget(String path) throws IOException {}
}
