package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import dev.sluice.records.Printable;
import java.util.List;

/**
 * Parts of a {@code tokenizer.json} at which the native library ends the process, and with it the
 * run: they are refused here. What the library refuses itself is left to it. The library takes a
 * part whose type it does not know for any part that has its fields, so fields are checked, not
 * types.
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
    parts.typed("normalizer", root.path("normalizer"), "normalizers");
    parts.typed("pre_tokenizer", root.path("pre_tokenizer"), "pretokenizers");
    parts.typed("post_processor", root.path("post_processor"), "processors");
    parts.typed("decoder", root.path("decoder"), "decoders");
    parts.characterMaps(root.path("normalizer"));
    parts.replacing(root.path("normalizer"));
    parts.lengths(root.path("pre_tokenizer"));
    parts.templates(root.path("post_processor"));
    parts.stripping(root.path("decoder"));
    parts.merges(root.path("model"));
  }

  /** The library also reads a part from a list of its values, in which no field has a name. */
  private void typed(String name, JsonNode part, String parts) {
    part.path(parts).forEach(inner -> typed(name, inner, parts));
    if (!part.isMissingNode() && !part.isNull() && !part.path("type").isTextual()) {
      throw refused(
          "the %s %s is no object with a 'type'"
              .formatted(name, Printable.shortened(part.toString())));
    }
  }

  private void characterMaps(JsonNode normalizer) {
    normalizer.path("normalizers").forEach(this::characterMaps);
    if (normalizer.has("precompiled_charsmap")) {
      String wrong = CharacterMap.fault(normalizer.path("precompiled_charsmap").asText());
      if (wrong != null) {
        throw refused("the normalizer Precompiled has a precompiled_charsmap which " + wrong);
      }
    }
  }

  /**
   * A pattern that matches between two characters, and a prefix without characters, break the
   * library's count of characters.
   */
  private void replacing(JsonNode normalizer) {
    normalizer.path("normalizers").forEach(this::replacing);
    if (normalizer.path("prepend").asText("x").isEmpty()) {
      throw refused("the normalizer Prepend puts the empty text before each text");
    }
    if (!normalizer.has("pattern")) {
      return;
    }
    JsonNode pattern = normalizer.path("pattern");
    String expression = pattern.path("Regex").asText("");
    if (pattern.path("Regex").isTextual()
        ? GuardedPattern.matchesNothing(expression)
        : pattern.path("String").asText("x").isEmpty()) {
      throw refused(
          "the normalizer Replace has the pattern %s, which matches the empty text"
              .formatted(pattern));
    }
  }

  private void lengths(JsonNode preTokenizer) {
    preTokenizer.path("pretokenizers").forEach(this::lengths);
    JsonNode length = preTokenizer.path("length");
    if (length.isNumber() && length.asDouble() < 1) {
      throw refused("the pre_tokenizer FixedLength cuts texts into pieces of %s".formatted(length));
    }
  }

  /** Each token that a template puts around a text is described. */
  private void templates(JsonNode processor) {
    processor.path("processors").forEach(this::templates);
    JsonNode described = processor.path("special_tokens");
    for (String template : List.of("single", "pair")) {
      for (JsonNode piece : processor.path(template)) {
        JsonNode token = piece.path("SpecialToken");
        JsonNode id = token.isArray() ? token.path(0) : token.path("id");
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
    if (stop.isNumber() && stop.asDouble() > 0) {
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
