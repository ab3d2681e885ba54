package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * What a {@code tokenizer.json} does to a text in native code that could end the process: regular
 * expressions that go back without end, and texts that grow beyond memory. Refused in Java before
 * the native code sees them.
 */
final class TokenizerPatterns {
  /** Characters of a text at the most: some gigabyte in native memory, above any context. */
  static final int MAX_TEXT = 1 << 22;

  /** Characters of an expression, and of what one replaces with, at the most. */
  private static final int MAX_EXPRESSION = 4096;

  private static final int MAX_CONTENT = 32;

  /** Characters that a model writes at once, at the most. */
  private static final int MAX_WRITTEN = 1 << 20;

  private static final String REGEX = "Regex";

  /** What the library cuts with if a file asks for no other. */
  private static final String BYTE_LEVEL =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  /** Cuts that keep no more together than the expression's matches and what is between. */
  private static final Set<String> CUTS = Set.of("Isolated", "Removed");

  private final String source;

  /** In their order, each on the pieces of the one before. */
  private final List<GuardedPattern> inTurn = new ArrayList<>();

  private int longest = MAX_TEXT;
  private String longestFor = "";
  private boolean followed = true;

  private TokenizerPatterns(String source) {
    this.source = source;
  }

  /**
   * Reads the file.
   *
   * @param source named in errors
   * @throws ModelException naming an expression that is refused
   */
  static TokenizerPatterns of(JsonNode root, String source) {
    TokenizerPatterns patterns = new TokenizerPatterns(source);
    patterns.normalizers(root.path("normalizer"));
    patterns.cuts(root.path("pre_tokenizer"));
    for (String key : List.of("decoder", "post_processor")) {
      for (JsonNode expression : root.path(key).findValues(REGEX)) {
        if (patterns.guarded(key, expression.asText()).unguarded() < MAX_WRITTEN) {
          throw new ModelException(
              "%s: the expression '%s' in %s of tokenizer.json goes back too often on long texts. Restore or download the file again, or take another model."
                  .formatted(source, shown(expression.asText()), key));
        }
      }
      patterns.contents(root.path(key), key);
    }
    return patterns;
  }

  private void normalizers(JsonNode node) {
    contents(node, "normalizer");
    for (JsonNode expression : node.findValues(REGEX)) {
      add(guarded("normalizer", expression.asText()), false);
    }
    followed &= node.findValues("content").isEmpty() && node.findValues("prepend").isEmpty();
  }

  /** What replaces a match must not blow a text up. */
  private void contents(JsonNode node, String key) {
    for (String name : List.of("content", "prepend")) {
      for (JsonNode content : node.findValues(name)) {
        if (content.asText().length() > MAX_CONTENT) {
          throw new ModelException(
              "%s: %s in %s of tokenizer.json has %d characters, which would blow texts up; at most %d are taken. Restore or download the file again."
                  .formatted(source, name, key, content.asText().length(), MAX_CONTENT));
        }
      }
    }
  }

  private void cuts(JsonNode node) {
    String type = node.path("type").asText();
    if (type.equals("Sequence")) {
      node.path("pretokenizers").forEach(this::cuts);
      return;
    }
    if (type.equals("ByteLevel") && node.path("use_regex").asBoolean(true)) {
      add(guarded("pre_tokenizer", BYTE_LEVEL), false);
    }
    JsonNode expression = node.path("pattern").path(REGEX);
    if (type.equals("Split") && !expression.isMissingNode()) {
      add(
          guarded("pre_tokenizer", expression.asText()),
          CUTS.contains(node.path("behavior").asText()));
    } else {
      followed &= node.isMissingNode() || node.isNull();
    }
  }

  /**
   * Takes an expression up.
   *
   * @param cuts whether the pieces that it leaves are known here
   */
  private void add(GuardedPattern pattern, boolean cuts) {
    if (followed) {
      inTurn.add(pattern);
      followed = cuts;
    } else if (pattern.unguarded() < longest) {
      // What it is run on is not known here, so that only the length can be bounded.
      longest = pattern.unguarded();
      longestFor = pattern.expression();
    }
  }

  private GuardedPattern guarded(String key, String expression) {
    String why;
    try {
      if (!expression.isEmpty() && expression.length() <= MAX_EXPRESSION) {
        return new GuardedPattern(expression);
      }
      why =
          "it has %d characters, and 1 to %d are taken"
              .formatted(expression.length(), MAX_EXPRESSION);
    } catch (PatternShape.RefusedException e) {
      why = String.valueOf(e.getMessage());
    } catch (PatternSyntaxException e) {
      why = "it cannot be read (" + e.getDescription() + ")";
    }
    throw new ModelException(
        "%s: the expression '%s' in %s of tokenizer.json is refused: %s. Restore or download the file again, or take another model."
            .formatted(source, shown(expression), key, why));
  }

  private static String shown(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  /**
   * Checks a text before it goes to native code.
   *
   * @throws ModelException if it is too long, or an expression takes too long for it
   */
  void check(String text) {
    if (text.length() > longest) {
      throw new ModelException(
          "The tokenizer of %s takes texts of at most %d characters%s, but the text has %d. Shorten it."
              .formatted(
                  source,
                  longest,
                  longestFor.isEmpty() ? "" : " with its expression '" + shown(longestFor) + "'",
                  text.length()));
    }
    run(0, text, 0, text.length());
  }

  private void run(int turn, String text, int from, int to) {
    if (!needsLook(turn, to - from)) {
      return;
    }
    GuardedPattern pattern = inTurn.get(turn);
    try {
      pattern.run(text, from, to, (begin, end) -> run(turn + 1, text, begin, end));
    } catch (GuardedPattern.TooHardException e) {
      throw new ModelException(
          "The tokenizer of %s would take too long for the text: its expression '%s' goes back too often from character %d on. Break the run of characters there, or shorten the text."
              .formatted(source, shown(pattern.expression()), e.place()),
          e);
    }
  }

  /** Whether this expression or a later one needs a look at pieces of this length. */
  private boolean needsLook(int turn, int length) {
    for (GuardedPattern each : inTurn.subList(turn, inTurn.size())) {
      if (each.unguarded() < length) {
        return true;
      }
    }
    return false;
  }
}
