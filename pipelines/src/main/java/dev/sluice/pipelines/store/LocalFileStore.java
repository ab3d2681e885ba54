package dev.sluice.pipelines.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A workspace in a folder of the local file system. */
public final class LocalFileStore implements FileStore {
  static final String TEMPORARY = ".tmp-";

  private final Path root;

  public LocalFileStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public OutputStream create(String path) throws IOException {
    Path file = local(path);
    folders(parent(file));
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void sync(String path) throws IOException {
    try (FileChannel channel = FileChannel.open(local(path), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void syncFolder(String path) throws IOException {
    syncFolder(local(path));
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    Path file = local(path);
    folders(parent(file));
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(parent(file));
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    Path file = local(path);
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY + UUID.randomUUID());
    Files.createDirectories(parent(file));
    try {
      Files.write(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void append(String path, byte[] content) throws IOException {
    Files.write(local(path), content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public byte[] read(String path) throws IOException {
    return Files.readAllBytes(local(path));
  }

  @Override
  public long size(String path) throws IOException {
    Path file = local(path);
    try {
      return Files.isRegularFile(file) ? Files.size(file) : -1;
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  @Override
  public Optional<Instant> modified(String path) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(local(path)).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return Files.isDirectory(local(path));
  }

  @Override
  public List<String> list(String path) throws IOException {
    try (Stream<Path> files = Files.list(local(path))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.contains(TEMPORARY))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public List<StoredFile> tree(String path) throws IOException {
    List<StoredFile> found = new ArrayList<>();
    for (Path file : below(path)) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
          found.add(
              new StoredFile(
                  root.relativize(file).toString().replace('\\', '/'),
                  attributes.size(),
                  attributes.lastModifiedTime().toInstant()));
        }
      } catch (NoSuchFileException e) {
        // Somebody removed it meanwhile.
      }
    }
    return found;
  }

  @Override
  public void deleteEmptyFolders(String path) throws IOException {
    List<Path> all = below(path);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (Files.isDirectory(all.get(i))) {
        try {
          Files.deleteIfExists(all.get(i));
        } catch (DirectoryNotEmptyException e) {
          // It holds a file.
        }
      }
    }
  }

  /** Everything below a folder and itself, each folder before what it holds. */
  private List<Path> below(String path) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        local(path),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            found.add(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    found.sort(Comparator.naturalOrder());
    return found;
  }

  @Override
  public void setAside(String path, String mark) throws IOException {
    Files.move(local(path), local(path + mark), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String path) throws IOException {
    Path top = local(path);
    List<Path> all;
    try (Stream<Path> files = Files.walk(top)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        delete(path); // another process deletes it, too
        return;
      }
      throw e.getCause();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public Path folder(String path) throws IOException {
    Path folder = local(path);
    folders(folder);
    return folder;
  }

  @Override
  public Path local(String path) throws IOException {
    if (path.indexOf('\0') >= 0) {
      throw new IOException("The path '%s' holds a NUL character.".formatted(path));
    }
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root)) {
      throw new IOException("The path '%s' leads out of the workspace.".formatted(path));
    }
    return file;
  }

  /** Creates the folders that are missing; each new name survives a loss of power. */
  private static void folders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = parent(folder);
    folders(parent);
    // Another process may have created it meanwhile, which is as good.
    Files.createDirectories(folder);
    syncFolder(parent);
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new NoSuchFileException(file.toString());
    }
    return parent;
  }

  private static void syncFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
