package dev.sluice.pipelines.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * A workspace on a file system that Beam knows. Of it no more is asked than objects have: to write
 * one whole under a name, to read it by its name, to delete it, to copy it, and to list names, late
 * or not. What has to be local, such as rows and models, is copied to a folder of this machine
 * before it is read, and uploaded after it is written. The folder may be deleted while no command
 * runs.
 */
final class BeamFileStore implements FileStore {
  /** How long a file may be missing in lists, and where it is not collected for that. */
  static final Duration LATE = Duration.ofMinutes(10);

  private static final Pattern AUTHORITY = Pattern.compile("^[^:/]+:(//[^/]*)?");
  private static final int PACE = 8;
  private static final int MAX_READS = 4;

  private final String address;
  private final Path folder;
  private final LocalFileStore copies;
  private final ReadCache cache;
  private final Connectors connectors;

  /** Files below pulled folders that are known to be there as well. */
  private final Map<String, Set<String>> pushed = new ConcurrentHashMap<>();

  /** What this process added to files: remote files cannot be appended to. */
  private final Map<String, ByteArrayOutputStream> appended = new ConcurrentHashMap<>();

  /**
   * The files of a workspace.
   *
   * @param address where it is
   * @param folder the folder for copies of what has to be local
   */
  BeamFileStore(String address, Path folder, Connectors connectors) {
    this.address = address;
    this.connectors = connectors;
    this.folder = folder;
    this.copies = new LocalFileStore(folder);
    this.cache = new ReadCache(address, copies);
  }

  String address() {
    return address;
  }

  /** The folder for copies. */
  Path folder() {
    return folder;
  }

  /** A request; what connectors throw unchecked is a failure of the request. */
  private interface Request<T> {
    T send() throws IOException;
  }

  private <T> T ask(Request<T> request) throws IOException {
    connectors.require(address);
    try {
      return request.send();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IOException(StoreException.rootMessage(e), e);
    }
  }

  private ResourceId id(String path) {
    return FileSystems.matchNewResource(address + "/" + path, false);
  }

  private Optional<Metadata> metadata(String path) throws IOException {
    return match(address + "/" + path).stream().findFirst();
  }

  private List<Metadata> match(String spec) throws IOException {
    return ask(() -> FileSystems.match(List.of(spec), EmptyMatchTreatment.ALLOW).get(0).metadata());
  }

  /** Names below a folder with what is known of them, those of folders left out. */
  private Map<String, Metadata> below(String path) throws IOException {
    String folder = path.isEmpty() ? address : address + "/" + path;
    Map<String, Metadata> found = new TreeMap<>();
    // Whether two stars take in the folder's own files depends on the file system. Beam's for S3
    // takes
    // no two patterns at once that match one name.
    for (String pattern : List.of("/*", "/**")) {
      for (Metadata each : match(folder + pattern)) {
        // Folders and files that somebody is about to write have no length; no file of ours has
        // none.
        if (each.sizeBytes() > 0) {
          found.put(relative(each.resourceId().toString()), each);
        }
      }
    }
    return found;
  }

  private String relative(String resource) {
    String path = AUTHORITY.matcher(resource).replaceFirst("");
    return path.substring(AUTHORITY.matcher(address).replaceFirst("").length() + 1);
  }

  private static Instant modified(Metadata metadata) {
    // One that is not known is taken for new, so that nothing is removed for its age.
    return metadata.lastModifiedMillis() > 0
        ? Instant.ofEpochMilli(metadata.lastModifiedMillis())
        : Instant.now();
  }

  @Override
  public Optional<Instant> modified(String path) throws IOException {
    return metadata(path).map(BeamFileStore::modified);
  }

  @Override
  public OutputStream create(String path) throws IOException {
    return copies.create(path);
  }

  @Override
  public void sync(String path) throws IOException {
    Path file = local(path);
    long bytes = Files.size(file);
    ask(
        () -> {
          try (InputStream in = Files.newInputStream(file);
              OutputStream out = open(path)) {
            return in.transferTo(out);
          }
        });
    Metadata there =
        metadata(path).orElseThrow(() -> new NoSuchFileException(address + "/" + path));
    if (there.sizeBytes() != bytes) {
      throw new IOException(
          "%s/%s has %d bytes after %d were written"
              .formatted(address, path, there.sizeBytes(), bytes));
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(there.lastModifiedMillis()));
  }

  private OutputStream open(String path) throws IOException {
    return Channels.newOutputStream(FileSystems.create(id(path), MimeTypes.BINARY));
  }

  @Override
  public boolean appends() {
    return false;
  }

  @Override
  public void syncFolder(String path) {
    // A name is there with its file.
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    Path unused = local(path);
    ask(
        () -> {
          try (OutputStream out = open(path)) {
            out.write(content);
          }
          return content;
        });
  }

  @Override
  public void append(String path, byte[] content) throws IOException {
    ByteArrayOutputStream all = appended.computeIfAbsent(path, none -> new ByteArrayOutputStream());
    synchronized (all) {
      all.writeBytes(content);
      write(path, all.toByteArray());
    }
  }

  @Override
  public byte[] read(String path) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return readOnce(path);
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException e) {
        // Another process may be replacing it at this very moment.
        if (tries == MAX_READS) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  private static void pause(int tries) throws IOException {
    try {
      Thread.sleep(100L << tries);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("It was interrupted", e);
    }
  }

  private byte[] readOnce(String path) throws IOException {
    Path unused = local(path);
    return ask(
        () -> {
          try (InputStream in = Channels.newInputStream(FileSystems.open(id(path)))) {
            return in.readAllBytes();
          } catch (IOException | RuntimeException e) {
            throw missing(path, e);
          }
        });
  }

  /** Connectors do not agree on how they say that there is no such file: it is looked for. */
  private IOException missing(String path, Exception because) throws IOException {
    if (metadata(path).isPresent()) {
      return because instanceof IOException failure
          ? failure
          : new IOException(StoreException.rootMessage(because), because);
    }
    NoSuchFileException missing = new NoSuchFileException(address + "/" + path);
    missing.initCause(because);
    return missing;
  }

  @Override
  public Optional<byte[]> readIfThere(String path) throws IOException {
    try {
      return Optional.of(read(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public long size(String path) throws IOException {
    Path unused = local(path);
    return metadata(path).map(Metadata::sizeBytes).orElse(-1L);
  }

  @Override
  public List<String> list(String path) throws IOException {
    int from = path.isEmpty() ? 0 : path.length() + 1;
    Set<String> names = new LinkedHashSet<>();
    for (String each : below(path).keySet()) {
      int slash = each.indexOf('/', from);
      names.add(each.substring(from, slash < 0 ? each.length() : slash));
    }
    return names.stream().sorted().toList();
  }

  @Override
  public List<String> foldersWithout(String file, String path) throws IOException {
    Set<String> names = new TreeSet<>();
    Set<String> left = new HashSet<>();
    for (String each : below(path).keySet()) {
      String inner = each.substring(path.length() + 1);
      int slash = inner.indexOf('/');
      if (slash > 0) {
        names.add(inner.substring(0, slash));
        if (inner.substring(slash + 1).equals(file)) {
          left.add(inner.substring(0, slash));
        }
      }
    }
    names.removeAll(left);
    return List.copyOf(names);
  }

  @Override
  public List<String> list(String path, int depth) throws IOException {
    Set<String> folders = new LinkedHashSet<>();
    for (String each : below(path).keySet()) {
      int end = path.length();
      for (int i = 0; i < depth && end >= 0; i++) {
        end = each.indexOf('/', end + 1);
      }
      if (end >= 0) {
        folders.add(each.substring(0, end));
      }
    }
    return List.copyOf(folders);
  }

  @Override
  public List<StoredFile> tree(String path) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    below(path)
        .forEach(
            (name, metadata) ->
                files.add(new StoredFile(name, metadata.sizeBytes(), modified(metadata))));
    return files;
  }

  @Override
  public void deleteEmptyFolders(String path) throws IOException {
    copies.deleteEmptyFolders(path);
  }

  @Override
  public void setAside(String path, String mark) throws IOException {
    ask(
        () -> {
          FileSystems.copy(List.of(id(path)), List.of(id(path + mark)));
          return path;
        });
    deleteFiles(List.of(path));
  }

  @Override
  public void delete(String path) throws IOException {
    List<String> all = new ArrayList<>(below(path).keySet());
    all.add(path);
    copies.delete(path);
    pushed.remove(path);
    deleteFiles(all);
  }

  @Override
  public void deleteFiles(List<String> paths) throws IOException {
    for (String path : paths) {
      Files.deleteIfExists(local(path));
    }
    ask(
        () -> {
          FileSystems.delete(
              paths.stream().map(this::id).toList(), StandardMoveOptions.IGNORE_MISSING_FILES);
          return paths;
        });
  }

  @Override
  public int deletesAtOnce() {
    return 200;
  }

  @Override
  public Duration late() {
    return LATE;
  }

  @Override
  public long pace(long local) {
    return PACE * local;
  }

  @Override
  public void publish(String path) throws IOException {
    Path file = local(path);
    if (Files.exists(file)) {
      write(path, Files.readAllBytes(file));
    }
  }

  @Override
  public Path folder(String path) throws IOException {
    return copies.folder(path);
  }

  @Override
  public Path pull(String path) throws IOException {
    Path folder = copies.folder(path);
    Set<String> there = pushed.computeIfAbsent(path, none -> ConcurrentHashMap.newKeySet());
    for (Map.Entry<String, Metadata> each : below(path).entrySet()) {
      try {
        fetch(each.getKey(), each.getValue());
        there.add(each.getKey());
      } catch (NoSuchFileException e) {
        // Its writer has newer ones.
      }
    }
    return folder;
  }

  @Override
  public void push(String path) throws IOException {
    Path folder = local(path);
    Set<String> there = pushed.computeIfAbsent(path, none -> ConcurrentHashMap.newKeySet());
    Set<String> here = new LinkedHashSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = path + "/" + folder.relativize(file).toString().replace('\\', '/');
        if (!name.contains(".tmp")) {
          here.add(name);
        }
      }
    }
    for (String name : here) {
      if (!there.contains(name)) {
        sync(name);
        there.add(name);
      }
    }
    List<String> gone = there.stream().filter(name -> !here.contains(name)).toList();
    deleteFiles(gone);
    gone.forEach(there::remove);
  }

  @Override
  public Path local(String path) throws IOException {
    return copies.local(path);
  }

  @Override
  public Path fetch(String path) throws IOException {
    Path file = local(path);
    Optional<Metadata> there = metadata(path);
    if (there.isEmpty()) {
      Files.deleteIfExists(file);
      throw new NoSuchFileException(address + "/" + path);
    }
    fetch(path, there.get());
    return file;
  }

  private void fetch(String path, Metadata there) throws IOException {
    cache.bring(path, there, to -> download(path, to));
  }

  private void download(String path, Path to) throws IOException {
    long unused =
        ask(
            () -> {
              try (InputStream in = Channels.newInputStream(FileSystems.open(id(path)));
                  OutputStream out = Files.newOutputStream(to)) {
                return in.transferTo(out);
              } catch (IOException | RuntimeException e) {
                throw missing(path, e);
              }
            });
  }

  @Override
  public void forget(String path) throws IOException {
    Files.deleteIfExists(local(path));
  }
}
