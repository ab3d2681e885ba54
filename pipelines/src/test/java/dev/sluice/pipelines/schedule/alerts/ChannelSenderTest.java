package dev.sluice.pipelines.schedule.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.schedule.AlertRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One alert with several ways out. */
final class ChannelSenderTest {
  private final Queue<Integer> codes = new ConcurrentLinkedQueue<>();
  private final Path file;
  private final HttpServer server;
  private final ChannelSender sender = new ChannelSender(Map.of());

  ChannelSenderTest(@TempDir Path folder) throws IOException {
    file = folder.resolve("told");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Integer code = codes.poll();
          exchange.sendResponseHeaders(code == null ? 500 : code, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Alert alert(@Nullable String email) {
    return new Alert(
        Alert.Cause.FAILURE,
        null,
        null,
        null,
        null,
        "http://127.0.0.1:%d/hunter2".formatted(server.getAddress().getPort()),
        "echo $SLUICE_ALERT_STATE >> " + file,
        email);
  }

  @Test
  void triesOnlyThoseWaysAgainThatFailed() throws IOException {
    codes.add(503);
    codes.add(200);
    String raised = ChannelContract.RAISED.json();
    assertThatThrownBy(() -> sender.send(alert(null), raised))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("The webhook http://127.0.0.1 answers 503.")
        .hasNoCause();
    sender.send(alert(null), raised);
    assertThat(Files.readAllLines(file)).containsExactly("raised");
    assertThat(codes).isEmpty();

    codes.add(200);
    sender.send(alert(null), ChannelContract.RECOVERED.json());
    assertThat(Files.readAllLines(file)).containsExactly("raised", "recovered");
  }

  @Test
  void saysWhatIsRefusedForGood() {
    codes.add(404);
    assertThatThrownBy(() -> sender.send(alert(null), ChannelContract.RAISED.json()))
        .isInstanceOf(AlertRefusedException.class)
        .hasMessage("The webhook http://127.0.0.1 answers 404.")
        .hasNoCause();
    assertThatThrownBy(() -> sender.send(alert("a@b.c"), ChannelContract.RAISED.json()))
        .isInstanceOf(AlertRefusedException.class)
        .hasMessage(
            "An alert is to be sent by e-mail, which needs the environment variable SLUICE_SMTP_URL; it is not set.");
  }
}
