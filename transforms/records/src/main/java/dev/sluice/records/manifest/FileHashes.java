package dev.sluice.records.manifest;

import static java.util.stream.Collectors.joining;

import dev.sluice.records.Hashes;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Hashes of what files hold. Each is kept by path, size and time for as long as this object lives.
 */
public final class FileHashes {
  private final Map<String, String> known = new HashMap<>();

  /** SHA-256 of a file's bytes. */
  public String of(Path file) {
    return of("bytes", List.of(file), () -> sha256(file));
  }

  /**
   * SHA-256 of a file, or of all files below a directory and their names there.
   *
   * @throws UncheckedIOException if one cannot be read
   */
  public String ofTree(Path place) {
    if (!Files.isDirectory(place)) {
      return of(place);
    }
    List<Object> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.add(place.relativize(file).toString().replace('\\', '/'));
        all.add(of(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Hashing the directory '%s' failed; it must be there and readable.".formatted(place), e);
    }
    return Hashes.hex(all.toArray());
  }

  /**
   * A hash of some files that is computed in a way of its own.
   *
   * @param way name of that way, since others may hash the same files
   * @param files all files that the hash depends on
   * @param hash computes it; asked for if a file is new or changed
   */
  public String of(String way, List<Path> files, Supplier<String> hash) {
    String stamps = files.stream().map(FileHashes::stamp).collect(joining("|"));
    return known.computeIfAbsent(way + "|" + stamps, any -> hash.get());
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return file.toAbsolutePath() + "|" + attributes.size() + "|" + attributes.lastModifiedTime();
    } catch (IOException e) {
      return file.toAbsolutePath() + "|missing";
    }
  }

  private static String sha256(Path file) {
    MessageDigest digest = Hashes.sha256();
    try {
      RegularFiles.check(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Hashing '%s' failed: %s.".formatted(file, e.getMessage()), e);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Hashing '%s' failed; a stage reads this file, so it must be there and readable."
              .formatted(file),
          e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
