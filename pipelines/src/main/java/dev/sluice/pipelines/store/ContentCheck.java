package dev.sluice.pipelines.store;

import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares files with what manifests and unit records say of them. A file that was found whole is
 * not hashed again in this process, unless its length or time changes.
 */
public final class ContentCheck {
  private final FileStore files;
  private final VerifiedFiles verified;

  /** Every file is hashed when it is first looked at. */
  public ContentCheck(FileStore files) {
    this(files, new VerifiedFiles());
  }

  /**
   * A check that shares what was found.
   *
   * @param verified files that need not be hashed again
   */
  ContentCheck(FileStore files, VerifiedFiles verified) {
    this.files = files;
    this.verified = verified;
  }

  /** Whether all files are there with the right lengths; content is not looked at. */
  boolean present(List<ShardFile> tables, Optional<ModelFolder> model) throws IOException {
    for (ShardFile file : tables) {
      if (size(file.path()) != file.bytes()) {
        return false;
      }
    }
    for (String path : modelFiles(model).keySet()) {
      if (size(path) < 0) {
        return false;
      }
    }
    return true;
  }

  /** All files that are not what they should be. */
  public List<Damage> damages(List<ShardFile> tables, Optional<ModelFolder> model)
      throws IOException {
    List<Damage> damages = new ArrayList<>();
    for (ShardFile file : tables) {
      damage(file).ifPresent(damages::add);
    }
    for (Map.Entry<String, String> file : modelFiles(model).entrySet()) {
      damage(file.getKey(), file.getValue()).ifPresent(damages::add);
    }
    return damages;
  }

  /** Brings files here; one that is not there stays away. */
  void fetch(List<ShardFile> tables, Optional<ModelFolder> model) throws IOException {
    List<String> paths = new ArrayList<>(modelFiles(model).keySet());
    tables.forEach(table -> paths.add(table.path()));
    for (String path : paths) {
      if (size(path) >= 0) {
        Path unused = files.fetch(path);
      }
    }
  }

  /** Has files looked at where the workspace is, copies of them aside. */
  void forget(List<ShardFile> tables, Optional<ModelFolder> model) throws IOException {
    for (ShardFile file : tables) {
      files.forget(file.path());
    }
    for (String path : modelFiles(model).keySet()) {
      files.forget(path);
    }
  }

  Optional<Damage> damage(ShardFile file) throws IOException {
    long size = size(file.path());
    if (size >= 0 && size != file.bytes()) {
      return Optional.of(new Damage(file.path(), file.bytes() + " bytes", size + " bytes"));
    }
    return damage(file.path(), file.sha256());
  }

  private Optional<Damage> damage(String path, String sha256) throws IOException {
    if (size(path) < 0) {
      return Optional.of(new Damage(path, "sha256 " + sha256, Damage.NOTHING));
    }
    Path file;
    try {
      file = files.fetch(path);
    } catch (NoSuchFileException e) {
      return Optional.of(new Damage(path, "sha256 " + sha256, Damage.NOTHING));
    }
    BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
    VerifiedFiles.Known known =
        new VerifiedFiles.Known(file, sha256, before.size(), before.lastModifiedTime());
    if (verified.contains(known)) {
      return Optional.empty();
    }
    String actual;
    try {
      actual = sha256(file);
    } catch (NoSuchFileException e) {
      return Optional.of(new Damage(path, "sha256 " + sha256, Damage.NOTHING));
    }
    if (!actual.equals(sha256)) {
      return Optional.of(new Damage(path, "sha256 " + sha256, "sha256 " + actual));
    }
    verified.add(known);
    return Optional.empty();
  }

  private long size(String path) {
    try {
      return files.size(path);
    } catch (IOException e) {
      return -1; // out of the workspace, or unreadable: not there
    }
  }

  private static Map<String, String> modelFiles(Optional<ModelFolder> model) {
    Map<String, String> paths = new TreeMap<>();
    model.ifPresent(
        folder ->
            folder.files().forEach((name, hash) -> paths.put(folder.path() + "/" + name, hash)));
    return paths;
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = Hashes.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
