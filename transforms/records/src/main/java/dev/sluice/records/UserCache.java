package dev.sluice.records;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a user's machine keeps what can be made again. */
public final class UserCache {
  /** The environment variable that names another folder. */
  public static final String VARIABLE = "SLUICE_CACHE";

  private UserCache() {}

  /**
   * The folder: what {@value #VARIABLE} names, else {@code sluice} in the user's cache folder. It
   * need not exist.
   */
  public static Path folder() {
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    String shared = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home", ""));
    if (shared != null && !shared.isBlank()) {
      return Path.of(shared, "sluice");
    }
    // A worker on a cluster may have no home.
    return Files.isWritable(home)
        ? home.resolve(".cache").resolve("sluice")
        : Path.of(System.getProperty("java.io.tmpdir"), "sluice-cache");
  }
}
