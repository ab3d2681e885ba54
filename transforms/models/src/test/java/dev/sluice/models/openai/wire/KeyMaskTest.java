package dev.sluice.models.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.openai.CallBudget;
import dev.sluice.models.openai.OpenAiModels;
import dev.sluice.models.openai.Replies;
import dev.sluice.models.openai.Session;
import dev.sluice.models.openai.Specs;
import dev.sluice.models.provider.ModelFinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that hands a key back shows it to nobody, in whatever form. */
class KeyMaskTest {
  private static final String KEY = "sk-proj-A1b2_C3d4+E5f6/G7h8";

  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Forms in which a server may hand a key back. */
  private static List<String> forms() {
    List<String> forms = new ArrayList<>();
    forms.add(KEY);
    forms.add(String.join(" ", KEY.split("")));
    forms.add(KEY.substring(0, 9) + "\n\t\"" + KEY.substring(9));
    forms.add(String.join("-", KEY.split("(?<=\\G.{5})")));
    forms.add(URLEncoder.encode(KEY, StandardCharsets.UTF_8));
    StringBuilder percent = new StringBuilder();
    StringBuilder escapes = new StringBuilder();
    for (int i = 0; i < KEY.length(); i++) {
      percent.append("%%%02x".formatted((int) KEY.charAt(i)));
      escapes.append("\\u%04X".formatted((int) KEY.charAt(i)));
    }
    forms.add(percent.toString());
    forms.add(escapes.toString());
    forms.add(base64(KEY));
    forms.add(base64("x" + KEY));
    forms.add(base64("Bearer " + KEY + "."));
    forms.add(base64("{\"key\": \"" + KEY + "\"}"));
    forms.add(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(KEY.getBytes(StandardCharsets.UTF_8)));
    forms.add(HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.UTF_8)));
    forms.add(
        HexFormat.ofDelimiter(":").withUpperCase().formatHex(KEY.getBytes(StandardCharsets.UTF_8)));
    return forms;
  }

  private static String letters(String text) {
    return text.replaceAll("[^A-Za-z0-9]", "");
  }

  @Test
  void everyFormOfTheKey_isHidden() {
    KeyMask mask = new KeyMask(KEY);
    for (String form : forms()) {
      String hidden = mask.hidden("before " + form + " after");
      assertThat(hidden).as(form).startsWith("before ").endsWith(" after").contains("***");
      // Of Base64 some letters at the ends hold bits of what is around.
      assertThat(letters(hidden).length()).as(hidden).isLessThanOrEqualTo(11 + 24);
      assertThat(letters(hidden))
          .doesNotContain(letters(form).substring(0, Math.min(26, letters(form).length())));
    }
    String twice = KEY + " and " + base64(KEY) + " and " + KEY;
    assertThat(mask.hidden(twice)).startsWith("*** and ***").endsWith(" and ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sk-proj- is how keys of projects begin",
        "A1b2",
        "%41%zz \\u00 100%",
        "The key s k - p r o j is cut off here",
        "c2stcHJvag=="
      })
  void otherText_staysAsItIs(String text) {
    assertThat(new KeyMask(KEY).hidden(text)).isEqualTo(text);
    assertThat(new KeyMask("").hidden(text)).isEqualTo(text);
    // A key of few letters is looked for as it is alone: "a, b" is no key.
    assertThat(new KeyMask("ab-c").hidden("a, b, c " + text + "ab-c"))
        .isEqualTo("a, b, c " + text + "***");
  }

  private String server(String path, String type, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/v1" + path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private static OpenAiModels models() {
    return new OpenAiModels(name -> KEY, new Time.Real(), () -> 0.5);
  }

  @Test
  void modelListAndHeaders_areMasked() throws IOException {
    String split = KEY.substring(0, 9) + "\"}, {\"id\": \"" + KEY.substring(9);
    String list =
        server("/models", "application/json", "{\"data\": [{\"id\": \"%s\"}]}".formatted(split));
    assertThat(models().look("m", Specs.withKey(list, "KEY"), Duration.ofSeconds(20)).join())
        .containsExactly(
            new ModelFinding(
                "model",
                "the server at %s has no model 'scripted'; it has ***.".formatted(list),
                true));
    for (String form : List.of(KEY, base64(KEY), URLEncoder.encode(KEY, StandardCharsets.UTF_8))) {
      String typed = server("/models", "text/" + form, "");
      assertThat(models().look("m", Specs.withKey(typed, "KEY"), Duration.ofSeconds(20)).join())
          .extracting(ModelFinding::message)
          .allSatisfy(
              message ->
                  assertThat(message).contains("gave 200 and 'text/***").doesNotContain(form));
    }
  }

  @Test
  void completionThatHoldsTheKey_isMaskedInRowsAndCacheAndCounted() throws IOException {
    Map<String, Reply> cache = new ConcurrentHashMap<>();
    Replies replies =
        new Replies() {
          @Override
          public Optional<Reply> find(String key) {
            return Optional.empty();
          }

          @Override
          public CompletableFuture<Void> keep(Map<String, Reply> more) {
            cache.putAll(more);
            return CompletableFuture.completedFuture(null);
          }
        };
    String url =
        server(
            "/chat/completions",
            "application/json",
            """
            {"choices": [{"message": {"content": "it is %s!", "reasoning_content": "%s"}, "finish_reason": "stop",
              "logprobs": {"content": [{"token": "it", "logprob": -1}]}}]}"""
                .formatted(KEY, base64(KEY)));
    try (LanguageModel model =
        models()
            .open(Specs.withKey(url, "KEY"), new Session(replies, CallBudget.bottomless(), 1))) {
      for (int i = 1; i <= 3; i++) {
        Generation made =
            model
                .generate(List.of(new GenerationRequest("p" + i, Sampling.at(1, 20), List.of(1L))))
                .get(0);
        assertThat(made.completions()).extracting(Completion::text).containsExactly("it is ***!");
        assertThat(made.completions().get(0).reasoning()).startsWith("***");
        assertThat(made.completions().get(0).pieces()).isEmpty();
        assertThat(model.warnings())
            .containsExactly(
                "The server at %s wrote the key that it was asked with into %s. It is masked in rows and cache; change the key, and tell those who run the server."
                    .formatted(url, i == 1 ? "a reply" : i + " replies"));
      }
    }
    assertThat(cache).hasSize(3);
    assertThat(cache.values()).extracting(Reply::text).containsOnly("it is ***!");
  }
}
