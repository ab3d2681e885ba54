package dev.sluice.methods.text;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which token of a solution carries the label of a step, for a model that classifies steps. A head
 * says nothing at any other token than those it was trained on, so a stage that reads it must place
 * labels as its training did. Label 1 means that the step is correct, as in TRL and in
 * Qwen2.5-Math-PRM.
 *
 * @param token the kind of token
 * @param text the separator or the marker; null for the usual one
 */
public record StepPlace(
    @Key(
            value =
                "`last_token`: the last token of the step, steps being separated by a line break. `separator`: the last token of a text that follows every step, as TRL's PRMTrainer (1.13) places labels. `marker`: a special token that follows every step, as in Qwen2.5-Math-PRM.",
            byDefault = "last_token")
        At token,
    @Key("Text of the separator (default: a line break) or of the marker (default: `<extra_0>`).")
        @Nullable String text)
    implements Serializable {

  /** At the last token of each step. */
  public static final StepPlace LAST_TOKEN = new StepPlace(At.LAST_TOKEN, null);

  private static final String SEPARATOR = "\n";
  private static final String MARKER = "<extra_0>";

  /** Kinds of tokens. */
  public enum At {
    /** The last token of the step itself. */
    LAST_TOKEN,
    /** The last token of a text after the step. */
    SEPARATOR,
    /** One token of the vocabulary after the step. */
    MARKER
  }

  /** A place, or the last token where none is named. */
  public static StepPlace orLastToken(@Nullable StepPlace place) {
    return place == null ? LAST_TOKEN : place;
  }

  /** The text that follows every step; empty for {@link At#LAST_TOKEN}. */
  public String after() {
    return switch (token) {
      case LAST_TOKEN -> "";
      case SEPARATOR -> text == null ? SEPARATOR : text;
      case MARKER -> text == null ? MARKER : text;
    };
  }

  /** What is wrong with it; empty if nothing. */
  public String objection() {
    if (token == At.LAST_TOKEN) {
      return text == null
          ? ""
          : "'text' is the separator or the marker after a step, but the label is at the step's own last token; leave 'text' out, or write 'token: separator' or 'token: marker'";
    }
    return after().isEmpty()
        ? "the text after a step is empty, so no token carries its label; give a text, or leave 'text' out for %s"
            .formatted(token == At.MARKER ? "'" + MARKER + "'" : "a line break")
        : "";
  }

  /** Whether another place is the same token of the same text. */
  public boolean same(StepPlace other) {
    return token == other.token && after().equals(other.after());
  }

  /** Such as {@code the separator "\n"}. */
  public String described() {
    String shown = after().replace("\n", "\\n").replace("\t", "\\t");
    return switch (token) {
      case LAST_TOKEN -> "the last token of each step";
      case SEPARATOR -> "the separator \"%s\" after each step".formatted(shown);
      case MARKER -> "the marker \"%s\" after each step".formatted(shown);
    };
  }
}
