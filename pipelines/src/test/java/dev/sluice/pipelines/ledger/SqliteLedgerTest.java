package dev.sluice.pipelines.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.driver.ToyRun;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLedgerTest extends LedgerContract {
  private final Path file;
  private @Nullable Connection holder;

  SqliteLedgerTest(@TempDir Path folder) {
    super(folder.resolve("workspace"));
    this.file = folder.resolve("shared.db");
  }

  @Override
  String url() {
    return "jdbc:sqlite:" + file;
  }

  /** A writer that does not end its transaction. */
  @Override
  void breakDown() {
    Ledger.open(place()).close();
    try {
      Connection connection = Dialect.SQLITE.connect(url());
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE runs SET state = state");
      }
      holder = connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void mend() {
    try (Connection connection = holder) {
      if (connection != null) {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  String brokenDown() {
    return "written: another process holds it locked";
  }

  @Test
  void canBeReadWhileAnotherWrites() {
    LedgerRun.WithStages run = run("20261124-100000-aaaaaa", "succeeded", 1);
    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(run);
    }
    breakDown();
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.runs()).containsExactly(run.run());
    }
    mend();
  }

  @Test
  void liesInItsWorkspaceAndMovesWithIt(@TempDir Path elsewhere) throws IOException {
    String id = ToyRun.of(workspace, RunListener.NONE).runId();
    try (Ledger ledger = Ledger.open(LedgerPlace.of(Workspace.of(workspace), null))) {
      assertThat(CatchUp.of(ledger, Workspace.of(workspace))).isEqualTo(new CatchUp(1, 2, 0));
    }
    assertThat(workspace.resolve("ledger.db")).isRegularFile();
    Path moved = elsewhere.resolve("moved");
    Files.move(workspace, moved);
    try (Ledger ledger = Ledger.open(LedgerPlace.of(Workspace.of(moved), null))) {
      assertThat(ledger.runs()).extracting(LedgerRun::runId).containsExactly(id);
      assertThat(CatchUp.of(ledger, Workspace.of(moved))).isEqualTo(new CatchUp(0, 0, 0));
    }
  }

  @Test
  void namesADamagedFileAndSetsItAside() throws IOException {
    Files.writeString(file, "This was a database once.\n".repeat(1000));
    LedgerPlace place = place();
    assertThatThrownBy(() -> Ledger.open(place).close())
        .isInstanceOfSatisfying(
            LedgerException.class, error -> assertThat(error.damaged()).isTrue())
        .hasMessage(
            "The ledger %s cannot be opened: it is damaged; 'sluice ledger rebuild' rebuilds it from the runs."
                .formatted(file));
    place.setAside();
    try (Ledger ledger = Ledger.open(place)) {
      assertThat(ledger.runs()).isEmpty();
    }
    try (Stream<Path> files = Files.list(file.getParent())) {
      List<String> names = files.map(each -> each.getFileName().toString()).sorted().toList();
      assertThat(names).hasSize(2);
      assertThat(names.get(0)).isEqualTo("shared.db");
      assertThat(names.get(1)).matches("shared\\.db\\.damaged-\\d+");
    }
  }
}
