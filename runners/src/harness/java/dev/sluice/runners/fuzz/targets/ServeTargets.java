package dev.sluice.runners.fuzz.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.serve.Ask;
import dev.sluice.models.serve.ModelServer;
import dev.sluice.models.serve.ServedModel;
import dev.sluice.records.Printable;
import dev.sluice.runners.fuzz.inputs.Draw;
import dev.sluice.runners.fuzz.inputs.JsonEdits;
import dev.sluice.runners.fuzz.inputs.WideText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests to {@code model serve}, as bytes on a connection. */
final class ServeTargets {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SERVE = "dev.sluice.models.serve.";
  private static final String HOST = "Host: 127.0.0.1:8000\r\n";
  private static final int TIMEOUT_MILLIS = 20_000;

  private static final List<String> PATHS =
      List.of(
          "/v1/completions",
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/chat/completions",
          "/v1/models",
          "/health",
          "/v1/nothing",
          "/",
          "/v1/embeddings",
          "/v1/completions?x=%00",
          "/%2e%2e/",
          "//v1/completions",
          "/v1/models/");

  private static final List<String> BODIES =
      List.of(
          "{\"model\":\"stub\",\"prompt\":\"3+4\",\"max_tokens\":8,\"temperature\":0.5,\"n\":2,\"stop\":[\"\\n\"],\"seed\":7,\"logprobs\":1,\"stream\":false}",
          "{\"prompt\":[1,2,3],\"top_p\":0.9,\"top_k\":5,\"stream\":true,\"stream_options\":{\"include_usage\":true},\"logprobs\":null,\"best_of\":1,\"echo\":false}",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":null}],\"max_completion_tokens\":5,\"logprobs\":true,\"top_logprobs\":0,\"tools\":[],\"response_format\":{\"type\":\"text\"},\"frequency_penalty\":0}",
          "{\"prompt\":[\"a\",[1]],\"suffix\":\"\",\"logit_bias\":{},\"presence_penalty\":0.0}",
          "{\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\",\"dimensions\":3}",
          "{\"input\":\"a\"}");

  private static final List<String> HEADERS =
      List.of(
          "Host: localhost\r\n",
          "Host: evil.example\r\n",
          "Origin: http://127.0.0.1:8000\r\n",
          "Origin: null\r\n",
          "Content-Type: application/json\r\n",
          "Expect: 100-continue\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Content-Length: 5\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Connection: close\r\n",
          "Connection: keep-alive\r\n",
          "X: \u00e9\u001b\r\n",
          "Host\r\n",
          ": \r\n",
          " folded\r\n",
          "X-Long: " + "a".repeat(9000) + "\r\n",
          "Accept-Encoding: gzip\r\n");

  private static final List<String> MARKS =
      List.of(
          "\r\n",
          "\r\n\r\n",
          "POST ",
          "GET ",
          " HTTP/1.1",
          " HTTP/1.0",
          " HTTP/9.9",
          "0\r\n\r\n",
          "5\r\nhello\r\n",
          "ffffffff\r\n",
          "/v1/completions",
          "{",
          "}",
          "\"",
          ",",
          ":",
          "%00",
          "%",
          "{\"prompt\":\"a\"}");

  private ServeTargets() {}

  static List<Target> all() {
    JsonEdits bodies =
        new JsonEdits(BODIES, List.of("stub", "user", "float", "base64", "json_object", "\n"));
    List<String> whole = new ArrayList<>();
    BODIES.forEach(body -> whole.add(request("/v1/completions", HOST, body)));
    whole.add(request("/v1/embeddings", HOST, BODIES.get(5)));
    whole.add(
        "POST /v1/completions HTTP/1.1\r\n"
            + HOST
            + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"pro\r\n0\r\n\r\n");
    return List.of(
        Target.named("requests")
            .mutatedTexts(whole, MARKS)
            .drawn(draw -> drawn(bodies, draw))
            .drawn(draw -> request(draw.of(PATHS), HOST, bodies.make(draw)))
            .covers(SERVE + "*")
            .reads(ServeTargets::reader));
  }

  private static String request(String path, String headers, String body) {
    return "POST %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(path, headers, WideText.bytes(body).length, body);
  }

  private static String drawn(JsonEdits bodies, Draw draw) {
    StringBuilder headers = new StringBuilder(draw.chance(0.7) ? HOST : "");
    for (int i = draw.few(4); i > 0; i--) {
      headers.append(draw.of(HEADERS));
    }
    String request = request(draw.of(PATHS), headers.toString(), bodies.make(draw));
    return draw.chance(0.1)
        ? request.replaceFirst("POST", draw.word("GET", "PUT", "HEAD", "X"))
        : request;
  }

  /** Says the same to everybody. */
  private static final class Echo implements ServedModel {
    private static final String TEXT = "ok \u001b[2J \ud83d\ude00";

    @Override
    public ModelInfo info() {
      return new ModelInfo("stub", "1", 100, 1);
    }

    @Override
    public int vocabulary() {
      return 10;
    }

    @Override
    public int[] encodePrompt(String text) {
      return new int[] {1};
    }

    @Override
    public String decode(int[] tokens) {
      return tokens.length == 0 ? "" : TEXT;
    }

    @Override
    public Runnable ask(Ask ask, Answers answers) {
      for (int i = 0; i < ask.seeds().size(); i++) {
        if (answers.streams()) {
          answers.grown(i, "ok");
        }
        answers.finished(
            i, new Completion(TEXT, new int[] {1}, new float[] {0}, FinishReason.STOP));
      }
      return () -> {};
    }

    @Override
    public void close() {}
  }

  /** Gives everybody the same vector. */
  private static final class Point implements Embedder {
    @Override
    public ModelInfo info() {
      return new ModelInfo("stub", "1", 100, 1);
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
      return texts.stream().map(text -> new Embedding(new float[] {1, 2, 3}, 1)).toList();
    }

    @Override
    public void close() {}
  }

  private static Target.Reader reader() {
    int model;
    int embedder;
    try {
      model = URI.create(new ModelServer(new Echo(), body -> new int[] {1}, 0).url()).getPort();
      embedder = URI.create(new ModelServer(new Point(), 0).url()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return input -> {
      String start = new String(input, 0, Math.min(40, input.length), StandardCharsets.ISO_8859_1);
      return taken(send(start.contains("embed") ? embedder : model, input), input);
    };
  }

  private static String send(int port, byte[] input) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(input);
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (SocketException e) {
        return ""; // The server may close a connection on which it is sent what it does not read.
      }
    }
  }

  /** Whether the first request was answered with what it asked for. */
  private static boolean taken(String response, byte[] input) throws IOException {
    if (response.isEmpty()) {
      Broken.unless(!wellFormed(input), "A request that is whole gets an answer.");
      return false;
    }
    String head = response.substring(0, Math.max(0, response.indexOf("\r\n\r\n")));
    Broken.unless(head.matches("(?s)HTTP/1\\.1 [1-5]\\d\\d.*"), "An answer begins with: %s", head);
    String body = response.substring(head.length());
    int status = Integer.parseInt(head.substring(9, 12));
    Broken.unless(status != 500, "It fails: %s", body);
    Broken.unless(
        body.chars().noneMatch(c -> c != '\r' && Printable.acts(c)), "It sends: %s", body);
    if (status >= 400 && head.contains("application/json") && body.length() > 4) {
      JsonNode error = JSON.readTree(body);
      Sentence.check(Printable.line(error.path("error").path("message").asText()));
    }
    return status == 200;
  }

  private static boolean wellFormed(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end > 0
        && text.substring(0, end)
            .matches(
                "POST /[a-z0-9/]* HTTP/1\\.1\r\nHost: 127\\.0\\.0\\.1:8000\r\nContent-Length: "
                    + (input.length - end - 4));
  }
}
