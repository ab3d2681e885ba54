package dev.sluice.pipelines.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store whose machine loses power before its n-th operation: that one and all later ones fail,
 * files that were not made durable lose their second half, and files whose names were not made
 * durable vanish.
 */
public class CrashingFileStore implements FileStore {
  /** What a process sees after the crash. */
  public static final class Crash extends RuntimeException {}

  private final LocalFileStore files;
  private final Set<String> unsynced = new HashSet<>();
  private final Set<String> unnamed = new HashSet<>();
  private int left;

  public CrashingFileStore(Path root, int operations) {
    this.files = new LocalFileStore(root);
    this.left = operations;
  }

  /** Whether the crash has come. */
  boolean crashed() {
    return left < 0;
  }

  private void step() throws IOException {
    if (left-- <= 0) {
      if (left == -1) {
        losePower();
      }
      left = -1;
      throw new Crash();
    }
  }

  private void losePower() throws IOException {
    for (String path : unnamed) {
      Files.deleteIfExists(files.local(path));
    }
    for (String path : unsynced) {
      Path file = files.local(path);
      if (Files.exists(file)) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
    }
  }

  @Override
  public OutputStream create(String path) throws IOException {
    step();
    unsynced.add(path);
    unnamed.add(path);
    return new FilterOutputStream(files.create(path)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        step();
        out.write(bytes, offset, length);
      }
    };
  }

  @Override
  public void sync(String path) throws IOException {
    step();
    files.sync(path);
    unsynced.remove(path);
  }

  @Override
  public void syncFolder(String path) throws IOException {
    step();
    files.syncFolder(path);
    unnamed.removeIf(file -> file.substring(0, file.lastIndexOf('/')).equals(path));
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    step();
    files.write(path, content);
  }

  @Override
  public void append(String path, byte[] content) throws IOException {
    step();
    unsynced.add(path);
    files.append(path, content);
  }

  @Override
  public byte[] read(String path) throws IOException {
    step();
    return files.read(path);
  }

  @Override
  public long size(String path) throws IOException {
    step();
    return files.size(path);
  }

  @Override
  public Optional<Instant> modified(String path) throws IOException {
    step();
    return files.modified(path);
  }

  @Override
  public List<String> list(String path) throws IOException {
    step();
    return files.list(path);
  }

  @Override
  public List<StoredFile> tree(String path) throws IOException {
    step();
    return files.tree(path);
  }

  @Override
  public void deleteEmptyFolders(String path) throws IOException {
    step();
    files.deleteEmptyFolders(path);
  }

  @Override
  public void setAside(String path, String mark) throws IOException {
    step();
    files.setAside(path, mark);
  }

  @Override
  public void delete(String path) throws IOException {
    step();
    files.delete(path);
  }

  @Override
  public Path folder(String path) throws IOException {
    step();
    Path folder = files.folder(path);
    for (String name : List.of("config.json", "tokenizer.json")) {
      unsynced.add(path + "/" + name);
      unnamed.add(path + "/" + name);
    }
    return folder;
  }

  @Override
  public Path local(String path) throws IOException {
    return files.local(path);
  }
}
