package dev.sluice.export;

import dev.sluice.records.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes of files, as 64 hexadecimal digits. */
public final class FileHashes {
  private FileHashes() {}

  /** The hash of a file. */
  public static String sha256(Path file) throws IOException {
    MessageDigest sha256 = Hashes.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Refuses a file that is not what a manifest says. */
  public static void expect(Path file, String sha256, String stage) {
    String found;
    try {
      found = sha256(file);
    } catch (IOException e) {
      throw new ExportException(
          "The file %s of the stage '%s' cannot be read. 'sluice verify' lists all damage, 'sluice run FILE' makes it again."
              .formatted(file, stage),
          e);
    }
    if (!found.equals(sha256)) {
      throw new ExportException(
          "The file %s of the stage '%s' is damaged: its SHA-256 is %s, its manifest says %s. 'sluice verify' lists all damage, 'sluice run FILE' makes it again."
              .formatted(file, stage, found, sha256));
    }
  }
}
