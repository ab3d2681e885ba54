package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers in words, and texts that are compared as they are. */
final class Sentences {
  private static final Pattern STYLE =
      Pattern.compile(
          "\\\\(?:textbf|textit|emph|mbox|fbox|boxed|text|mathrm|mathbf|textrm)\\s*\\{([^{}]*)\\}");

  /** Letters alone are a word where nothing says that they are a formula. */
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}'-]+");

  private static final Pattern BREAK = Pattern.compile("\\\\mathbreak");
  private static final Pattern PROSE = Pattern.compile("[\\p{L}]{2,}");
  private static final Pattern PLAIN =
      Pattern.compile(
          "[\\p{L}\\p{N}\\s'\u2019.,:;!?()/$%&+-]*\\p{L}{2}[\\p{L}\\p{N}\\s'\u2019.,:;!?()/$%&+-]*");

  private static final Pattern AND = Pattern.compile("(?i)[\\s,;]*(?:and|or)[\\s,;]*");

  /** A time of day. */
  private static final Pattern CLOCK =
      Pattern.compile("(?i)0?(\\d{1,2}:\\d{2}(?::\\d{2})?)\\s*([ap])\\.?\\s*m\\.?");

  private Sentences() {}

  /**
   * Whether a text is one word.
   *
   * @param latex whether small letters side by side are a product
   */
  static boolean isWord(String text, boolean latex) {
    return WORD.matcher(text).matches()
        && !text.equals("pi")
        && (!latex || text.equals(text.toUpperCase(Locale.ROOT)));
  }

  /** Whether a part of a list has words that belong to a sentence. */
  static boolean isProse(String part) {
    return !part.contains("\\") && part.strip().matches("(?s).*[a-zA-Z]{3,}\\s+[a-zA-Z]{2,}.*");
  }

  /** Whether words come before a formula: it is a part of a sentence. */
  static boolean isSentence(String text) {
    List<String> parts = BREAK.splitAsStream(text).filter(part -> !part.isBlank()).toList();
    return parts.stream()
        .limit(Math.max(0, parts.size() - 1))
        .anyMatch(
            part ->
                !part.contains("\\") && PROSE.matcher(part).find() && !AND.matcher(part).matches());
  }

  /** What commands of style hold, without them. */
  static String unstyled(String text) {
    return STYLE.matcher(text).replaceAll(" $1 ");
  }

  /** A sentence: its words as they are, its formulas by their values. */
  static AnswerValue parse(String text, Function<String, AnswerValue> formula) {
    List<AnswerValue> parts = new ArrayList<>();
    boolean hasWords = false;
    for (String part : BREAK.split(text, -1)) {
      boolean prose = !part.contains("\\") && PROSE.matcher(part).find();
      hasWords |= prose;
      if (!said(part).isEmpty()) {
        parts.add(prose ? new AnswerValue.Words(said(part), null) : formula.apply(part));
      }
    }
    return hasWords && parts.size() > 1 ? new AnswerValue.Sentence(parts) : words(text);
  }

  /** Words; a text that is none is compared as it is. */
  static AnswerValue words(String text) {
    String said = unstyled(text.replace("\\mathbreak", " ")).strip();
    Matcher clock = CLOCK.matcher(said);
    if (clock.matches()) {
      return new AnswerValue.Words(clock.group(1) + " " + clock.group(2) + "m", null);
    }
    return PLAIN.matcher(said).matches()
        ? new AnswerValue.Words(said(said), Quantities.product(said))
        : unread(text);
  }

  static AnswerValue.Unread unread(String text) {
    return new AnswerValue.Unread(squeezed(text));
  }

  private static String said(String text) {
    return text.strip()
        .replaceAll("^[.,;:]+|[.!,;:]+$", "")
        .replaceAll("\\s+", " ")
        .replaceAll(" (?=[.,;:])", "")
        .strip();
  }

  /** The text without blanks and style. */
  static String squeezed(String text) {
    return STYLE
        .matcher(text.replace("\\mathbreak", ""))
        .replaceAll("$1")
        .replaceAll("\\s+", "")
        .replaceAll("\\.$", "");
  }
}
