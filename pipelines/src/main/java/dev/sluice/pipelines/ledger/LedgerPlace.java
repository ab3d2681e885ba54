package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.store.Hosts;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the ledger of a workspace is: a file in the workspace, or the database of a JDBC URL. The
 * URL may hold a password and is never shown.
 */
public final class LedgerPlace {
  /** The environment variable that holds the JDBC URL. */
  public static final String VARIABLE = "SLUICE_LEDGER";

  private static final String FILE = "ledger.db";
  private static final String SQLITE = "jdbc:sqlite:";

  // Held here, or its level would be collected with it. The driver logs whole URLs.
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  private final Dialect dialect;
  private final String url;
  private final String name;
  private final String workspace;

  private LedgerPlace(Dialect dialect, String url, String name, String workspace) {
    this.dialect = dialect;
    this.url = url;
    this.name = name;
    this.workspace = workspace;
  }

  /** The one that the environment names for a workspace, or the file in it. */
  public static LedgerPlace of(Workspace workspace) {
    return of(workspace, System.getenv(VARIABLE));
  }

  /**
   * The one of a JDBC URL, or the file in the workspace if there is no URL.
   *
   * @throws LedgerException if it is no URL of a database that can hold a ledger
   */
  static LedgerPlace of(Workspace workspace, @Nullable String url) {
    Path folder = workspace.localFolder();
    if (url == null || url.isBlank()) {
      Path file = folder.resolve(FILE);
      // The folder may be moved with its ledger, so its rows do not say where it is.
      return new LedgerPlace(Dialect.SQLITE, SQLITE + file, file.toString(), ".");
    }
    String address = workspace.isRemote() ? workspace.name() : "file://" + Hosts.name() + folder;
    if (url.startsWith(SQLITE) && url.length() > SQLITE.length()) {
      Path file = Path.of(url.substring(SQLITE.length())).toAbsolutePath().normalize();
      return new LedgerPlace(Dialect.SQLITE, SQLITE + file, file.toString(), address);
    }
    Properties parts = serverOf(url);
    if (parts == null) {
      throw new LedgerException(
          "The environment variable %s holds no URL of a ledger. It is jdbc:postgresql://HOST:PORT/DATABASE?user=USER&password=PASSWORD or jdbc:sqlite:FILE; without it the ledger is the file %s."
              .formatted(VARIABLE, folder.resolve(FILE)));
    }
    return new LedgerPlace(
        Dialect.POSTGRESQL,
        url,
        "postgresql://%s:%s/%s"
            .formatted(
                PGProperty.PG_HOST.getOrDefault(parts),
                PGProperty.PG_PORT.getOrDefault(parts),
                PGProperty.PG_DBNAME.getOrDefault(parts)),
        address);
  }

  private static @Nullable Properties serverOf(String url) {
    // The driver takes a password before an '@' for a port, and names it in its log.
    boolean plain = url.startsWith("jdbc:postgresql:") && url.split("\\?", 2)[0].indexOf('@') < 0;
    DRIVER_LOG.setLevel(Level.OFF);
    return plain ? Driver.parseURL(url, null) : null;
  }

  /** What people call it: a path, or a server with a database; no user, no password. */
  public String name() {
    return name;
  }

  /** Whether several machines may use it at once. */
  public boolean shared() {
    return dialect == Dialect.POSTGRESQL;
  }

  /** Whether there is one already; a server is asked by opening it. */
  public boolean isThere() {
    return shared() || Files.exists(Path.of(name));
  }

  Dialect dialect() {
    return dialect;
  }

  String url() {
    return url;
  }

  /** Which of the workspaces in the ledger is meant. */
  String workspace() {
    return workspace;
  }

  /** Sets a damaged file aside, so that a new one can take its place. */
  public void setAside() {
    if (dialect != Dialect.SQLITE) {
      return;
    }
    String mark = ".damaged-" + Instant.now().toEpochMilli();
    for (String ending : new String[] {"", "-wal", "-shm"}) {
      Path file = Path.of(name + ending);
      try {
        if (Files.exists(file)) {
          Files.move(file, Path.of(name + mark + ending));
        }
      } catch (IOException e) {
        throw new LedgerException(
            "The damaged ledger %s cannot be set aside (%s). Remove it, then rebuild."
                .formatted(file, e.getMessage()));
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
