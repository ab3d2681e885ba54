package dev.sluice.models.djl.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.chat.Chat;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.chat.ChatTemplate;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokenizers and chat templates beside transformers; made by {@code src/test/python/chat.py}. */
class ChatTokenizerTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.of(2026, 3, 5, 14, 7, 9, 0, ZoneOffset.UTC);

  /** Of nine templates and fifty conversations. */
  private static final int REFUSED = 57;

  private static final List<String> MODELS =
      List.of(
          "qwen2",
          "llama3",
          "llama2",
          "gemma",
          "added",
          "qwen2_class",
          "llama_class",
          "gemma_class");

  private static Path resources() {
    URL file = Objects.requireNonNull(ChatTemplate.class.getResource("jinja.json"));
    try {
      return Objects.requireNonNull(Path.of(file.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(resources().resolve(name).toFile());
  }

  private static ChatTokenizer open(String model) {
    return ChatTokenizer.open(resources().resolve(model), () -> NOW);
  }

  private static String digest(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 8);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(int[] ids) {
    return digest(IntStream.of(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
  }

  @Test
  void idsAndTextsAreThoseOfTransformers() throws IOException {
    JsonNode rows = json("strings.json");
    List<String> wrong = new ArrayList<>();
    for (String model : MODELS) {
      try (ChatTokenizer tokenizer = open(model)) {
        for (JsonNode row : rows) {
          String text = row.path("text").asText();
          JsonNode expected = row.path(model);
          int[] ids = tokenizer.encode(text);
          int[] theirs = new int[expected.path("ids").size()];
          java.util.Arrays.setAll(theirs, i -> expected.path("ids").get(i).asInt());
          if (!java.util.Arrays.equals(ids, theirs)
              || !digest(tokenizer.encodePlain(text)).equals(expected.path("plain").asText())
              || !tokenizer.decode(theirs).equals(expected.path("decoded").asText(text))
              || !tokenizer
                  .decodeWithoutSpecial(theirs)
                  .equals(expected.path("skipped").asText(text))) {
            wrong.add(
                model
                    + ": "
                    + row.path("text")
                    + " "
                    + java.util.Arrays.toString(ids)
                    + tokenizer.decode(theirs));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows.size()).isEqualTo(230);
  }

  private static Chat chat(JsonNode row) {
    return new Chat(
        row.path("messages"),
        row.path("tools"),
        new ObjectMapper().nullNode(),
        row.path("add_generation_prompt").asBoolean(),
        (ObjectNode) row.path("variables"));
  }

  @Test
  void conversationsOfEveryTemplateAreThoseOfTransformers() throws IOException {
    JsonNode templates = json("templates.json");
    JsonNode rows = json("conversations.json");
    Map<String, String> qwen = ChatFiles.read(resources().resolve("qwen2")).specialTokens();
    Map<String, String> gemma = ChatFiles.read(resources().resolve("gemma")).specialTokens();
    Map<String, String> llama = ChatFiles.read(resources().resolve("llama2")).specialTokens();
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    for (Iterator<String> names = templates.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      Map<String, String> special =
          switch (name) {
            case "gemma2" -> gemma;
            case "mistral", "zephyr", "deepseek" -> llama;
            default -> qwen;
          };
      ChatTemplate template = new ChatTemplate(templates.path(name).asText(), name, () -> NOW);
      for (JsonNode row : rows) {
        JsonNode expected = row.path("texts").path(name);
        String actual = "(refused)";
        try {
          actual = template.render(chat(row), special);
        } catch (ModelException e) {
          refused++;
          actual = expected.isNull() ? actual : String.valueOf(e.getMessage());
        }
        if (!actual.equals(expected.isNull() ? "(refused)" : expected.asText())) {
          wrong.add(
              "%s %s%n  transformers: %s%n  here: %s"
                  .formatted(name, row.path("messages"), expected, actual));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows.size()).isEqualTo(50);
    assertThat(refused).isEqualTo(REFUSED);
  }

  @Test
  void conversationsOfDirectoriesAreThoseOfTransformers() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String model : List.of("qwen2", "llama3", "llama2", "gemma")) {
      try (ChatTokenizer tokenizer = open(model)) {
        for (JsonNode row : json("conversations.json")) {
          JsonNode expected = row.path("ids").path(model);
          String actual = "refused";
          try {
            String text = tokenizer.render(chat(row));
            actual = digest(text) + " " + digest(tokenizer.encode(chat(row)));
          } catch (ModelException e) {
            actual = expected.isNull() ? actual : String.valueOf(e.getMessage());
          }
          if (!actual.equals(
              expected.isNull()
                  ? "refused"
                  : expected.path("text").asText() + " " + expected.path("ids").asText())) {
            wrong.add("%s %s: %s".formatted(model, row.path("messages"), actual));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aMessageIsNeverReadAsATemplate() {
    try (ChatTokenizer tokenizer = open("qwen2")) {
      assertThat(tokenizer.render(Chat.user("{{ 7*7 }}{% for %}{# x")))
          .isEqualTo(
              "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n{{ 7*7 }}{% for %}{# x<|im_end|>\n<|im_start|>assistant\n");
    }
  }

  @Test
  void halfACharacterIsRefused() {
    try (ChatTokenizer tokenizer = open("gemma")) {
      assertThatThrownBy(() -> tokenizer.encode("a\ud83d b"))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "The text has half a character (U+D83D) at position 1, which is no Unicode text. Write it as a pair, or leave it out.");
      assertThat(tokenizer.decode(tokenizer.encode("a\ud83d\ude00b")))
          .isEqualTo("<bos>a\ud83d\ude00b");
    }
  }

  @Test
  void whatIsMissingOrDamagedIsNamed(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> ChatTokenizer.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            folder.resolve("tokenizer.json") + " cannot be read; text needs the tokenizer");
    Files.copy(resources().resolve("qwen2/tokenizer.json"), folder.resolve("tokenizer.json"));
    try (ChatTokenizer tokenizer = ChatTokenizer.open(folder)) {
      assertThat(tokenizer.hasTemplate()).isFalse();
      assertThatThrownBy(() -> tokenizer.render(Chat.user("x")))
          .hasMessage(
              "The model %s has no chat template: it has neither chat_template.jinja nor 'chat_template' in tokenizer_config.json. Take an instruct model, or put its template there."
                  .formatted(folder));
    }
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"x\"}]}");
    try (ChatTokenizer tokenizer = ChatTokenizer.open(folder)) {
      assertThatThrownBy(() -> tokenizer.render(Chat.user("x")))
          .hasMessage(
              "The model %s has several chat templates (rag), but none is called 'default'."
                  .formatted(folder));
    }
    Files.writeString(folder.resolve("tokenizer_config.json"), "[");
    assertThatThrownBy(() -> ChatTokenizer.open(folder))
        .hasMessageStartingWith(folder.resolve("tokenizer_config.json") + " is not JSON: ");
  }
}
