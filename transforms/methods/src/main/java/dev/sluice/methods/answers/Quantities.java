package dev.sluice.methods.answers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formulas with what they measure: {@code $18}, {@code 5 \text{ cm}^2}, {@code 27 apples}. */
final class Quantities {
  /** Commands with words in them, of one level. */
  private static final String STYLED =
      "\\\\(?:text|mathrm|textrm|mbox|rm)\\s*\\{[^{}]*\\}\\s*(?:\\^\\s*\\{?[-\\d]+\\}?)?";

  /** A number and a unit behind it in LaTeX. */
  private static final Pattern TAIL =
      Pattern.compile(
          "(.*?[\\w)}!])\\s*((?:"
              + STYLED
              + "|\\\\circ|%|/\\s*"
              + STYLED
              + ")(?:\\s*[*/]?\\s*(?:"
              + STYLED
              + "))*\\s*[CF]?)",
          Pattern.DOTALL);

  /** A number and words behind it in plain text. */
  private static final Pattern WORDS_TAIL =
      Pattern.compile(
          "([-+]?[\\d][\\d./ ]*(?:\\\\frac\\s*\\{\\d+\\}\\s*\\{\\d+\\})?|.*[\\d)}])\\s*\\(?\\s*([a-zA-Z][a-zA-Z '/-]*(?:\\^?\\{?[23]\\}?)?[a-zA-Z. ]*)\\)?",
          Pattern.DOTALL);

  private static final Pattern MONEY =
      Pattern.compile(
          "\\s*([-+]?)\\s*(?:\\\\dollar|\u20ac|\u00a3|USD|US\\\\dollar)\\s*([-+]?.*)",
          Pattern.DOTALL);

  /** A formula, and words behind it. */
  private static final Pattern WORDS_BEHIND =
      Pattern.compile(
          "(.*?)\\\\mathbreak\\s*\\(?\\s*([a-zA-Z][a-zA-Z '/.-]*)\\)?\\s*", Pattern.DOTALL);

  /** A number and letters in brackets in plain text: {@code 2 (GB)}. */
  private static final Pattern BRACKETS_BEHIND =
      Pattern.compile("([-+\\d./ ]+)\\(\\s*([a-zA-Z][a-zA-Z ]+)\\)");

  private static final Pattern FEW_LETTERS = Pattern.compile("[a-z]{2,3}");

  private static final Pattern UNIT_BEHIND =
      Pattern.compile(".*\\d\\s+\\(?[a-zA-Z].*|.*\\d[a-zA-Z]{2,}.*", Pattern.DOTALL);

  private static final Pattern LONG_WORD = Pattern.compile("(?<![\\\\a-zA-Z])[a-zA-Z]{3,}");

  private Quantities() {}

  /**
   * The quantity that a text is; empty if it is none.
   *
   * @param latex whether letters side by side are a product, as in LaTeX
   */
  static Optional<AnswerValue.Quantity> parse(String text, boolean latex) {
    Matcher money = MONEY.matcher(text);
    if (money.matches()) {
      return measured(
          money.group(1) + money.group(2), Unit.parse("dollar").orElse(null), "", latex);
    }
    Matcher behind = WORDS_BEHIND.matcher(text);
    if (behind.matches() && !behind.group(1).contains("\\mathbreak")) {
      return withUnit(behind.group(1), behind.group(2).strip(), true);
    }
    Matcher brackets = BRACKETS_BEHIND.matcher(text);
    if (!latex && brackets.matches()) {
      return withUnit(brackets.group(1), brackets.group(2).strip(), false);
    }
    Matcher tail = TAIL.matcher(text);
    if (tail.matches()) {
      String unit = Sentences.unstyled(tail.group(2)).strip();
      Optional<AnswerValue.Quantity> found =
          withUnit(
              tail.group(1),
              unit.replace("\\circ C", "celsius").replace("\\circ F", "fahrenheit"),
              latex);
      if (found.isPresent()) {
        return found;
      }
    }
    Optional<AnswerValue.Quantity> bare = measured(text, null, "", latex);
    Matcher words = WORDS_TAIL.matcher(text);
    if (!words.matches() || (bare.isPresent() && (latex || !endsInUnit(text, words.group(2))))) {
      return bare;
    }
    Optional<AnswerValue.Quantity> found = withUnit(words.group(1), words.group(2).strip(), latex);
    return found.isPresent() ? found : bare;
  }

  private static boolean endsInUnit(String text, String words) {
    return UNIT_BEHIND.matcher(text).matches() && Unit.parse(words).isPresent();
  }

  /** The key of a short word as a product of variables; null if it is none. */
  static @Nullable String product(String word) {
    return FEW_LETTERS.matcher(word).matches() ? key(word) : null;
  }

  private static @Nullable String key(String formula) {
    try {
      return Points.key(Formula.parse(formula));
    } catch (UndecidedException | ArithmeticException e) {
      return null;
    }
  }

  private static Optional<AnswerValue.Quantity> withUnit(
      String number, String unit, boolean latex) {
    if (unit.equals("%") || unit.equalsIgnoreCase("percent")) {
      return measured(number, Unit.percent(), "", latex);
    }
    Optional<Unit> known = Unit.parse(unit);
    String label = known.isPresent() ? "" : unit.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return measured(number, known.orElse(null), label, latex)
        .map(value -> known.isPresent() ? value.orProduct(key(number + " " + unit)) : value);
  }

  private static Optional<AnswerValue.Quantity> measured(
      String number, @Nullable Unit unit, String label, boolean latex) {
    if (!latex && hasWord(number)) {
      return Optional.empty();
    }
    try {
      Expression value = Formula.parse(number);
      String formula = Points.key(value);
      String scaled =
          unit == null
              ? formula
              : Points.key(
                  new Expression.Product(List.of(new Expression.Constant(unit.factor()), value)));
      return Optional.of(new AnswerValue.Quantity(formula, scaled, unit, label, null));
    } catch (UndecidedException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Whether plain text has a word in it that no formula has. */
  private static boolean hasWord(String text) {
    return LONG_WORD
        .matcher(text)
        .results()
        .anyMatch(
            word -> {
              String function = Symbols.functionAtStart(word.group());
              // "sinx" is a formula, "tanks" is a word.
              return (function.isEmpty() || word.group().length() > function.length() + 1)
                  && !word.group().startsWith("sqrt");
            });
  }
}
