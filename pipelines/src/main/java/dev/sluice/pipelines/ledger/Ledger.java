package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.store.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Runs, their stages and the committed attempts at artifacts of one workspace, in a database. It
 * repeats what run folders and manifests say: nothing is decided by it, and {@link CatchUp} makes
 * its rows anew. For one thread at a time; any number of processes may have one open.
 */
public final class Ledger implements AutoCloseable {
  private static final Rows<LedgerRun> RUNS =
      new Rows<>("runs", LedgerRun.class, List.of("run_id"));
  private static final Rows<LedgerStage> STAGES =
      new Rows<>("stages", LedgerStage.class, List.of("run_id", "ordinal"));
  private static final Rows<LedgerArtifact> ARTIFACTS =
      new Rows<>("artifacts", LedgerArtifact.class, List.of("type", "fingerprint", "attempt"));

  private final LedgerPlace place;
  private final Connection connection;
  private final String workspace;

  private Ledger(LedgerPlace place, Connection connection) {
    this.place = place;
    this.connection = connection;
    this.workspace = place.workspace();
  }

  /**
   * Opens a ledger; one that is not there is made, an older one is brought up to date.
   *
   * @throws LedgerException if it cannot be opened now, or a newer program wrote it
   */
  public static Ledger open(LedgerPlace place) {
    return open(place, Migrations.ALL);
  }

  static Ledger open(LedgerPlace place, List<String> migrations) {
    try {
      Connection connection = place.dialect().connect(place.url());
      try {
        Migrations.apply(connection, place, migrations);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
      return new Ledger(place, connection);
    } catch (SQLException e) {
      throw LedgerException.because("opened", place, e);
    } catch (LinkageError e) {
      throw LedgerException.because("opened", place, e);
    }
  }

  /** Adds a run with its stages, or replaces what was known of it. */
  public void put(LedgerRun.WithStages run) {
    write(
        () -> {
          RUNS.put(connection, workspace, run.run());
          for (LedgerStage stage : run.stages()) {
            STAGES.put(connection, workspace, stage);
          }
        });
  }

  /** Adds a committed attempt at an artifact. */
  public void put(LedgerArtifact artifact) {
    write(() -> ARTIFACTS.put(connection, workspace, artifact));
  }

  /** All runs, the newest first. */
  public List<LedgerRun> runs() {
    return read(() -> RUNS.read(connection, workspace, "ORDER BY run_id DESC"));
  }

  /** The stages of a run, in the order of the file. */
  public List<LedgerStage> stages(String runId) {
    return read(() -> STAGES.read(connection, workspace, "AND run_id = ? ORDER BY ordinal", runId));
  }

  /** All committed attempts at artifacts, by stage type, fingerprint and attempt. */
  public List<LedgerArtifact> artifacts() {
    return read(() -> ARTIFACTS.read(connection, workspace, "ORDER BY type, fingerprint, attempt"));
  }

  /** Schedules and their fires, through the same connection. */
  public ScheduleTables schedules() {
    return new ScheduleTables(access());
  }

  Access access() {
    return new Access() {
      @Override
      public <T> T read(Of<T> query) {
        return Ledger.this.read(() -> query.in(connection, workspace));
      }

      @Override
      public <T> T write(Of<T> change) {
        return Ledger.this.change(() -> change.in(connection, workspace));
      }
    };
  }

  /** Forgets a run. */
  void removeRun(String runId) {
    write(() -> RUNS.delete(connection, workspace, "AND run_id = ?", runId));
  }

  /** Forgets an attempt. */
  void remove(Attempt attempt) {
    write(
        () ->
            ARTIFACTS.delete(
                connection,
                workspace,
                "AND type = ? AND fingerprint = ? AND attempt = ?",
                attempt.stageType(),
                attempt.fingerprint(),
                attempt.name()));
  }

  /** Forgets everything of this workspace. */
  void clear() {
    write(
        () -> {
          RUNS.delete(connection, workspace, "");
          ARTIFACTS.delete(connection, workspace, "");
        });
  }

  /** What the database finds wrong with its own file. */
  List<String> problems() {
    return read(() -> place.dialect().problems(connection));
  }

  /** How many migrations made its tables. */
  public int version() {
    return read(() -> Migrations.version(connection, place));
  }

  /** Does several changes as one: others see all of them or none. */
  void atomically(Runnable changes) {
    write(changes::run);
  }

  private void write(Change change) {
    boolean unused =
        change(
            () -> {
              change.make();
              return true;
            });
  }

  private <T> T change(Query<T> change) {
    try {
      if (!connection.getAutoCommit()) {
        return change.ask();
      }
      connection.setAutoCommit(false);
      try {
        T result = change.ask();
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollback(e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw LedgerException.because("written", place, e);
    }
  }

  private void rollback(Exception because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private <T> T read(Query<T> query) {
    try {
      return query.ask();
    } catch (SQLException e) {
      throw LedgerException.because("read", place, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw LedgerException.because("closed", place, e);
    }
  }

  /** The database to other tables: reads, and changes that are done whole or not at all. */
  interface Access {
    <T> T read(Of<T> query);

    <T> T write(Of<T> change);

    /** What is asked or done in the rows of a workspace. */
    interface Of<T> {
      T in(Connection connection, String workspace) throws SQLException;
    }
  }

  private interface Change {
    void make() throws SQLException;
  }

  private interface Query<T> {
    T ask() throws SQLException;
  }
}
