package dev.sluice.pipelines.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.driver.ToyRun;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Hosts;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerPlaceTest {
  private static final Path WORKSPACE = Path.of("/data/workspace");

  @Test
  void isAFileOfTheWorkspaceIfNothingElseIsNamed() {
    LedgerPlace place = LedgerPlace.of(Workspace.of(WORKSPACE), " ");
    assertThat(place.name()).isEqualTo("/data/workspace/ledger.db");
    assertThat(place.workspace()).isEqualTo(".");
  }

  @Test
  void isNamedWithoutUserAndPassword() {
    LedgerPlace place =
        LedgerPlace.of(
            Workspace.of(WORKSPACE), "jdbc:postgresql://db.example/sluice?user=me&password=s3cret");
    assertThat(place.name()).isEqualTo("postgresql://db.example:5432/sluice");
    assertThat(place).hasToString("postgresql://db.example:5432/sluice");
    assertThat(place.workspace()).isEqualTo("file://" + Hosts.name() + "/data/workspace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db.example/sluice?password=s3cret",
        "jdbc:mysql://db.example/sluice?password=s3cret",
        "jdbc:postgresql://me:s3cret@db.example/sluice",
        "jdbc:postgresql://db.example:s3cret/sluice",
        "jdbc:postgresql://db.example/sluice?password=s3cret%zz",
        "jdbc:sqlite:"
      })
  void refusesWhatIsNoUrlOfALedgerWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> LedgerPlace.of(Workspace.of(WORKSPACE), url))
        .isInstanceOf(LedgerException.class)
        .hasMessage(
            "The environment variable SLUICE_LEDGER holds no URL of a ledger. It is jdbc:postgresql://HOST:PORT/DATABASE?user=USER&password=PASSWORD or jdbc:sqlite:FILE; without it the ledger is the file /data/workspace/ledger.db.")
        .hasNoCause();
  }

  @Test
  void keepsThePasswordOutOfEveryTrace() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    LedgerPlace place =
        LedgerPlace.of(
            Workspace.of(WORKSPACE),
            "jdbc:postgresql://127.0.0.1:%d/x?user=me&password=s3cret".formatted(port));
    Throwable error = catchThrowable(() -> Ledger.open(place).close());
    assertThat(error)
        .hasMessageStartingWith(
            "The ledger postgresql://127.0.0.1:%d/x cannot be opened: Connection to 127.0.0.1:%d refused."
                .formatted(port, port));
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString()).doesNotContain("s3cret");
  }

  @Test
  void doesNotHoldUpARunIfTheServerIsSilent(@TempDir Path workspace) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LedgerPlace place =
          LedgerPlace.of(
              Workspace.of(workspace),
              // The driver's own bounds, the one of its question for encryption included, are
              // longer
              // than the writer waits.
              "jdbc:postgresql://127.0.0.1:%d/x?loginTimeout=60&socketTimeout=60&sslmode=disable&gssEncMode=disable"
                  .formatted(silent.getLocalPort()));
      LedgerWriter writer = new LedgerWriter(place, ArtifactStore.open(workspace));
      assertThat(ToyRun.of(workspace, RunListener.both(RunListener.NONE, writer)).state())
          .isEqualTo(RunState.SUCCEEDED);
      assertThat(writer.end())
          .hasValue(
              "The ledger postgresql://127.0.0.1:%d/x did not answer within 10 s. The run is whole without it; 'sluice runs' brings the ledger up to date later."
                  .formatted(silent.getLocalPort()));
    }
  }
}
