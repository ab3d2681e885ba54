package dev.sluice.methods.reply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.sluice.methods.prompt.PromptTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A golden file of a reply parser: {@code golden/reply/KIND.json}.
 *
 * @param source where what is expected comes from
 * @param config the first of the parsers, as the suite of all parts reads it
 * @param parsers the parser under some keys, each as a prompt file writes it, and what it reads
 */
record GoldenReply(String source, String config, List<Parser> parsers) {

  /** A parser and its replies. */
  record Parser(String config, List<Case> cases) {
    ReplyParser parser() {
      return PromptTexts.parser(config);
    }
  }

  /**
   * A reply and what is read of it.
   *
   * @param steps asked for
   * @param verdicts such as {@code yyn}; null for none
   * @param stated such as {@code yyn}; null for none
   * @param outcome {@code y} or {@code n}; null for none
   * @param score from 0 to 1; null for none
   * @param preference {@code A}, {@code B} or {@code TIE}; null for none
   * @param fields by name; null for none
   */
  record Case(
      String reply,
      int steps,
      @Nullable String verdicts,
      @Nullable String stated,
      @Nullable String outcome,
      @Nullable Double score,
      @Nullable String preference,
      @Nullable Map<String, String> fields) {}

  static GoldenReply of(String kind) {
    Path file = Path.of("src/test/resources/golden/reply", kind + ".json");
    try {
      return Objects.requireNonNull(
          new ObjectMapper()
              .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .readValue(Files.readString(file), GoldenReply.class));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The reply parser '%s' has no golden file %s; write one.".formatted(kind, file), e);
    }
  }
}
