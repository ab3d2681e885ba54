package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.List;

/**
 * Parts of a {@code tokenizer.json} at which the native library ends the process, and with it the
 * run: they are refused here. What the library refuses itself is left to it.
 */
final class NativeParts {
  private final String source;

  private NativeParts(String source) {
    this.source = source;
  }

  /**
   * Checks a file.
   *
   * @param source named in errors
   * @throws ModelException naming the part and the value
   */
  static void check(JsonNode root, String source) {
    NativeParts parts = new NativeParts(source);
    parts.characterMaps(root.path("normalizer"));
    parts.replacing(root.path("normalizer"));
    parts.templates(root.path("post_processor"));
    parts.stripping(root.path("decoder"));
    parts.merges(root.path("model"));
  }

  private void characterMaps(JsonNode normalizer) {
    normalizer.path("normalizers").forEach(this::characterMaps);
    if (normalizer.path("type").asText().equals("Precompiled")) {
      String wrong = CharacterMap.fault(normalizer.path("precompiled_charsmap").asText());
      if (wrong != null) {
        throw refused("the normalizer Precompiled has a precompiled_charsmap which " + wrong);
      }
    }
  }

  /** A pattern that matches between two characters breaks the library's count of characters. */
  private void replacing(JsonNode normalizer) {
    normalizer.path("normalizers").forEach(this::replacing);
    JsonNode pattern = normalizer.path("pattern");
    if (!normalizer.path("type").asText().equals("Replace")) {
      return;
    }
    String expression = pattern.path("Regex").asText("");
    if (pattern.path("Regex").isTextual()
        ? GuardedPattern.matchesNothing(expression)
        : pattern.path("String").asText("x").isEmpty()) {
      throw refused(
          "the normalizer Replace has the pattern %s, which matches the empty text"
              .formatted(pattern));
    }
  }

  /** Each token that a template puts around a text is described. */
  private void templates(JsonNode processor) {
    processor.path("processors").forEach(this::templates);
    JsonNode described = processor.path("special_tokens");
    for (String template : List.of("single", "pair")) {
      for (JsonNode piece : processor.path(template)) {
        JsonNode id = piece.path("SpecialToken").path("id");
        if (id.isTextual() && !described.has(id.asText())) {
          throw refused(
              "post_processor uses the token '%s' in '%s', but special_tokens does not describe it"
                  .formatted(id.asText(), template));
        }
      }
    }
  }

  /** From the end of a text that is shorter than that, the library takes too much. */
  private void stripping(JsonNode decoder) {
    decoder.path("decoders").forEach(this::stripping);
    JsonNode stop = decoder.path("stop");
    if (decoder.path("type").asText().equals("Strip") && stop.isNumber() && stop.asDouble() > 0) {
      throw refused("the decoder Strip has the stop %s, and only 0 is taken".formatted(stop));
    }
  }

  /** The second part of a merge begins with the prefix that is cut off it. */
  private void merges(JsonNode model) {
    String begin = model.path("continuing_subword_prefix").asText("");
    for (JsonNode merge : model.path("merges")) {
      String text = merge.asText();
      String second =
          merge.isArray() ? merge.path(1).asText() : text.substring(text.indexOf(' ') + 1);
      if (!second.startsWith(begin)) {
        throw refused(
            "the merge %s has a second part that does not begin with continuing_subword_prefix '%s'"
                .formatted(merge, begin));
      }
    }
  }

  private ModelException refused(String what) {
    return new ModelException(
        "%s: in tokenizer.json %s. Restore or download the file again, or take another model."
            .formatted(source, what));
  }
}
