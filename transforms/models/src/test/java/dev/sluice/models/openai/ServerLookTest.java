package dev.sluice.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.models.Endpoint;
import dev.sluice.models.provider.ModelFinding;
import dev.sluice.models.provider.OpenAiSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A look at servers' lists of models before there is a run. */
class ServerLookTest {
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private String server(int status, String type, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/v1/models",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private static List<ModelFinding> look(Duration bound, String... urls) {
    OpenAiSpec spec = Specs.of(List.of(urls), Endpoint.CHAT, 16, 6, null, null);
    return new OpenAiModels().look("m", spec, bound).join();
  }

  private static List<ModelFinding> look(String... urls) {
    return look(Duration.ofSeconds(5), urls);
  }

  @Test
  void serverThatHasTheModelOrNoList_isGood() throws IOException {
    assertThat(
            look(
                server(
                    200,
                    "application/json",
                    "{\"data\": [{\"id\": \"other\"}, {\"id\": \"scripted\"}]}"),
                server(200, "application/json", "{\"data\": []}"),
                server(404, "application/json", "{}")))
        .isEmpty();
  }

  @Test
  void serverWithoutTheModel_isAMistakeOfTheKeyModel() throws IOException {
    String url = server(200, "application/json", "{\"data\": [{\"id\": \"other\"}]}");
    assertThat(look(url))
        .containsExactly(
            new ModelFinding(
                "model",
                "the server at %s has no model 'scripted'; it has other.".formatted(url),
                true));
  }

  @Test
  void serverThatRefuses_isAMistakeOfTheKey() throws IOException {
    assertThat(look(server(401, "application/json", "{}")))
        .containsExactly(
            new ModelFinding(
                "api_key_env",
                "The server wants a key (401). Name the environment variable that holds it in api_key_env.",
                true));
  }

  @Test
  void whatIsNoServer_isAMistakeOfTheAddress() throws IOException {
    String page = server(200, "text/html", "<html></html>");
    assertThat(look(page))
        .containsExactly(
            new ModelFinding(
                "base_urls",
                "what answers at %s is no OpenAI server: GET %s/models gave 200 and 'text/html'. The address ends with /v1 for most servers."
                    .formatted(page, page),
                true));
  }

  @Test
  void serverThatDoesNotAnswerForNow_isNoMistake() throws IOException {
    String busy = server(503, "application/json", "{\"error\": {\"message\": \"loading\"}}");
    String gone;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String mute = "http://127.0.0.1:" + silent.getLocalPort() + "/v1";
      List<ModelFinding> found = look(Duration.ofSeconds(1), busy, gone, mute);
      assertThat(found).extracting(ModelFinding::mistake).containsOnly(false);
      assertThat(found).extracting(ModelFinding::key).containsOnly("base_urls");
      assertThat(found)
          .extracting(ModelFinding::message)
          .containsExactly(
              busy
                  + "/models answers 503 (loading). Start it before a stage asks it, or correct base_urls.",
              "no server answers at %s (ConnectException). Start it before a stage asks it, or correct base_urls."
                  .formatted(gone),
              mute
                  + "/models does not answer within 1 s. Start it before a stage asks it, or correct base_urls.");
    }
  }
}
