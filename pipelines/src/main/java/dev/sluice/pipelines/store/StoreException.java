package dev.sluice.pipelines.store;

import dev.sluice.records.Printable;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The workspace cannot do what was asked, in one sentence. What was committed is untouched. */
public final class StoreException extends RuntimeException {
  private final boolean mistake;

  StoreException(String message) {
    this(message, null, false);
  }

  private StoreException(String message, @Nullable Throwable cause, boolean mistake) {
    super(Printable.sentence(message), cause);
    this.mistake = mistake;
  }

  /** Where the workspace is said to be there can be none. */
  static StoreException mistake(String message) {
    return new StoreException(message, null, true);
  }

  /** Whether what was typed is to blame. */
  public boolean mistake() {
    return mistake;
  }

  /** What the innermost cause says, in one line. */
  static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String said =
        message == null || message.isBlank()
            ? root.getClass().getSimpleName()
            : root instanceof UnknownHostException ? "unknown host " + message : message;
    String line = said.lines().findFirst().orElse(said).strip();
    return line.replaceFirst("\\s*\\(Service: .*\\)$", "").replaceFirst("[.:]+$", "");
  }

  /** A failure while {@code doing}, such as {@code Writing the file x}. */
  public static StoreException because(String doing, IOException cause) {
    return new StoreException(
        "%s failed: %s. Work that was finished before is kept; run again to continue."
            .formatted(doing, reason(cause)),
        cause,
        false);
  }

  /** Why a file operation failed, in a few words. */
  public static String reason(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
      return "the disk is full; free some space";
    }
    if (message.contains("Read-only file system")) {
      return "the file system is read-only; choose another workspace";
    }
    if (cause instanceof AccessDeniedException denied) {
      return "access to %s is denied; check its owner and permissions".formatted(denied.getFile());
    }
    if (cause instanceof NoSuchFileException missing) {
      return "%s is not there".formatted(missing.getFile());
    }
    if (cause instanceof FileSystemException named && named.getReason() != null) {
      return "%s: %s".formatted(named.getFile(), named.getReason());
    }
    return message;
  }
}
