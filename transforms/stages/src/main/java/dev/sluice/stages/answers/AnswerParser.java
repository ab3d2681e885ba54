package dev.sluice.stages.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the text of an answer to its value. */
final class AnswerParser {
  private static final int MOST_LENGTH = 2000;
  private static final int MOST_PARTS = 100;
  private static final int MOST_DEPTH = 12;

  private static final Pattern OPTION =
      Pattern.compile(
          "\\(?\\s*(?:\\\\(?:text|textbf|mathrm|mathbf)\\s*\\{)?\\s*\\(?([A-Z])\\)?\\s*\\}?\\s*\\)?[.)]?");
  private static final Pattern STYLE =
      Pattern.compile(
          "\\\\(?:textbf|textit|emph|mbox|fbox|boxed|text|mathrm|mathbf|textrm)\\s*\\{([^{}]*)\\}");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:\\\\mathrm\\s*\\{[A-Za-z]\\}|\\\\?[a-zA-Z]+)(?:_\\{?[a-zA-Z0-9]+\\}?)?'*(?:\\s*\\(\\s*[a-zA-Z](?:\\s*,\\s*[a-zA-Z])*\\s*\\))?|\\([a-z](?:\\s*,\\s*[a-z])*\\)");
  private static final Pattern AND =
      Pattern.compile(
          "(?i)\\s*(?:,\\s*)?(?:\\b(?:and|or)\\b|\\\\(?:text|mathrm)\\s*\\{\\s*,?\\s*(?:and|or)\\s*\\}|\\\\(?:quad|lor|vee)\\b)\\s*");
  private static final Pattern TAIL =
      Pattern.compile(
          "(.*?[\\w)}!])\\s*((?:\\\\(?:text|mathrm|textrm|mbox|rm)\\s*\\{[^{}]*\\}\\s*(?:\\^\\s*\\{?[-\\d]+\\}?)?|\\\\circ|%|/\\s*\\\\(?:text|mathrm)\\s*\\{[^{}]*\\})(?:\\s*[*/]?\\s*(?:\\\\(?:text|mathrm)\\s*\\{[^{}]*\\}\\s*(?:\\^\\s*\\{?[-\\d]+\\}?)?))*\\s*[CF]?)",
          Pattern.DOTALL);
  private static final Pattern WORDS_TAIL =
      Pattern.compile(
          "([-+]?[\\d][\\d./ ]*(?:\\\\frac\\s*\\{\\d+\\}\\s*\\{\\d+\\})?|.*[\\d)}])\\s*\\(?\\s*([a-zA-Z][a-zA-Z '/-]*(?:\\^?\\{?[23]\\}?)?[a-zA-Z. ]*)\\)?",
          Pattern.DOTALL);
  private static final Pattern MONEY =
      Pattern.compile(
          "\\s*([-+]?)\\s*(?:\\\\dollar|\u20ac|\u00a3|USD|US\\\\dollar)\\s*([-+]?.*)",
          Pattern.DOTALL);
  private static final Pattern MATRIX =
      Pattern.compile(
          "\\\\begin\\{(?:[pbvBV]?matrix|array)\\}(?:\\{[^}]*\\})?(.*)\\\\end\\{(?:[pbvBV]?matrix|array)\\}",
          Pattern.DOTALL);

  private AnswerParser() {}

  /** The value of an answer; never fails. */
  static AnswerValue parse(String answer) {
    String text = answer.strip();
    if (text.length() > MOST_LENGTH) {
      return new AnswerValue.Unread(squeezed(text));
    }
    String plain =
        Notation.plain(text.replaceFirst("(?<!\\.)\\.$", ""))
            .replaceAll("^\\\\mathbreak\\s*|\\s*\\\\mathbreak$", "")
            .strip();
    plain = plain.replaceFirst("(?<!\\.)[.,;]$", "").strip();
    return value(plain, 0, Notation.isFormula(text));
  }

  /** Letters alone are a word where nothing says that they are a formula. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}'-]{2,}");

  private static final Pattern BREAK = Pattern.compile("\\\\mathbreak");
  private static final Pattern PROSE = Pattern.compile("[\\p{L}]{2,}");

  private static AnswerValue value(String text, int depth, boolean formula) {
    String about = text.replaceFirst("^(?:\\\\mathbreak|\\s)*\\\\approx", "");
    String inner = about.replaceAll("^(?:\\\\mathbreak|\\s)+|(?:\\\\mathbreak|\\s)+$", "");
    if (depth > MOST_DEPTH || inner.isEmpty()) {
      return new AnswerValue.Unread(squeezed(text));
    }
    Matcher option = OPTION.matcher(inner);
    if (option.matches()) {
      return new AnswerValue.Option(option.group(1));
    }
    if (!formula && WORD.matcher(inner).matches() && !inner.equals("pi")) {
      return words(inner);
    }
    try {
      Matcher matrix = MATRIX.matcher(inner);
      if (matrix.matches()) {
        return matrix(matrix.group(1), depth);
      }
      List<String> unions = Brackets.split(inner, "\\cup");
      if (unions.size() > 1) {
        return new AnswerValue.Unordered("union", values(unions, depth, formula));
      }
      Optional<AnswerValue> bracketed = bracketed(inner, depth, formula);
      if (bracketed.isPresent()) {
        return bracketed.get();
      }
      List<String> ratio = Brackets.split(inner, ":");
      if (ratio.size() == 2
          && Brackets.whole(ratio.get(1).strip()) != null
          && ratio.get(0).matches("(?s).*(?:\\\\le|\\\\ge|<|>).*")) {
        // A relation, and behind it the interval that it is.
        return value(ratio.get(1), depth + 1, formula);
      }
      List<String> parts = parts(inner);
      if (parts.size() > 1) {
        return list(parts, depth, formula);
      }
      Optional<AnswerValue> relation =
          Relations.parse(inner, part -> value(part, depth + 1, formula));
      if (relation.isPresent()) {
        return relation.get();
      }
      if (inner.contains("\\pm")) {
        return new AnswerValue.Unordered(
            "list",
            List.of(
                value(inner.replace("\\pm", "+"), depth + 1, formula),
                value(inner.replace("\\pm", "-"), depth + 1, formula)));
      }
      if (ratio.size() > 1
          && ratio.stream().allMatch(part -> part.matches("[\\s\\d.]+|\\s*[a-z]\\s*"))) {
        return new AnswerValue.Ordered("", values(ratio, depth, formula), ":");
      }
      Optional<AnswerValue> quantity = quantity(inner, formula);
      if (quantity.isPresent()) {
        return quantity.get();
      }
    } catch (UndecidedException | ArithmeticException e) {
      // It has no value: its text is compared.
    }
    return sentence(inner, depth);
  }

  private static List<AnswerValue> values(List<String> parts, int depth, boolean formula) {
    if (parts.size() > MOST_PARTS) {
      throw new UndecidedException("a list that is too long");
    }
    return parts.stream().map(part -> value(part, depth + 1, formula)).toList();
  }

  private static AnswerValue matrix(String content, int depth) {
    List<AnswerValue> rows = new ArrayList<>();
    for (String row : content.strip().replaceAll("\\\\newrow\\s*$", "").split("\\\\newrow", -1)) {
      rows.add(new AnswerValue.Ordered("", values(List.of(row.split("&", -1)), depth, true), ""));
    }
    return new AnswerValue.Ordered("matrix", rows, "");
  }

  /** A point, an interval or a set; a formula in brackets is none. */
  private static Optional<AnswerValue> bracketed(String text, int depth, boolean formula) {
    Brackets.Whole whole = Brackets.whole(text);
    if (whole == null) {
      return Optional.empty();
    }
    boolean set = whole.open().equals("\\lbrace");
    List<String> parts = Brackets.split(whole.content(), ",");
    if (set && parts.size() == 1) {
      List<String> builder = Brackets.split(whole.content(), "|");
      if (builder.size() == 1) {
        builder = Brackets.split(whole.content(), ":");
      }
      if (builder.size() == 2) {
        return Optional.of(
            new AnswerValue.Ordered("\\lbrace", values(builder, depth, true), "\\rbrace"));
      }
    }
    if (set) {
      return Optional.of(
          new AnswerValue.Unordered(
              "set", whole.content().isBlank() ? List.of() : values(parts, depth, formula)));
    }
    if (parts.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new AnswerValue.Ordered(whole.open(), values(parts, depth, formula), whole.close()));
  }

  /** What commas, semicolons and words between values part. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (String one : Brackets.split(text, ";")) {
      for (String two : Brackets.split(one, ",")) {
        for (String three : AND.split(two, -1)) {
          if (!three.replace("\\mathbreak", "").isBlank()) {
            parts.add(three);
          }
        }
      }
    }
    return parts;
  }

  private static AnswerValue list(List<String> parts, int depth, boolean formula) {
    boolean prose =
        parts.stream()
            .anyMatch(
                part ->
                    part.strip().matches("(?s).*[a-zA-Z]{3,}\\s+[a-zA-Z]{2,}.*")
                        && !part.contains("\\"));
    if (prose) {
      return sentence(String.join(", ", parts), depth);
    }
    List<AnswerValue> values = values(parts, depth, formula);
    // x = 2, 3: both are values of x.
    if (values.get(0) instanceof AnswerValue.Named first
        && values.stream()
            .skip(1)
            .noneMatch(
                each ->
                    each instanceof AnswerValue.Named || each instanceof AnswerValue.Relation)) {
      List<AnswerValue> all = new ArrayList<>(values);
      all.set(0, first.value());
      return new AnswerValue.Named(first.name(), new AnswerValue.Unordered("list", all), null);
    }
    // x = 2 or x = 3 the same.
    if (values.stream()
        .allMatch(
            each ->
                each instanceof AnswerValue.Named named
                    && values.get(0) instanceof AnswerValue.Named head
                    && named.name().equals(head.name()))) {
      return new AnswerValue.Named(
          ((AnswerValue.Named) values.get(0)).name(),
          new AnswerValue.Unordered(
              "list", values.stream().map(each -> ((AnswerValue.Named) each).value()).toList()),
          null);
    }
    return new AnswerValue.Unordered("list", values);
  }

  private static Optional<AnswerValue> quantity(String text, boolean formula) {
    Matcher money = MONEY.matcher(text);
    if (money.matches()) {
      return scaled(money.group(1) + money.group(2), Unit.parse("dollar").orElse(null), "");
    }
    Matcher tail = TAIL.matcher(text);
    if (tail.matches()) {
      String written = STYLE.matcher(tail.group(2)).replaceAll(" $1 ").strip();
      Optional<AnswerValue> found =
          withUnit(
              tail.group(1),
              written.replace("\\circ C", "celsius").replace("\\circ F", "fahrenheit"));
      if (found.isPresent()) {
        return found;
      }
    }
    Optional<AnswerValue> bare = plainFormula(text);
    if (bare.isPresent() && (formula || !looksLikeUnit(text))) {
      return bare;
    }
    Matcher words = WORDS_TAIL.matcher(text);
    if (words.matches()) {
      Optional<AnswerValue> found = withUnit(words.group(1), words.group(2).strip());
      if (found.isPresent()) {
        return found;
      }
    }
    return bare;
  }

  private static boolean looksLikeUnit(String text) {
    Matcher words = WORDS_TAIL.matcher(text);
    return words.matches()
        && text.matches("(?s).*\\d\\s+[a-zA-Z].*|.*\\d[a-zA-Z]{2,}.*")
        && Unit.parse(words.group(2)).isPresent();
  }

  private static Optional<AnswerValue> plainFormula(String text) {
    try {
      return Optional.of(quantity(Formula.parse(text), null, ""));
    } catch (UndecidedException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<AnswerValue> withUnit(String number, String unit) {
    if (unit.equals("%") || unit.equalsIgnoreCase("percent")) {
      return scaled(number, Unit.percent(), "");
    }
    Optional<Unit> known = Unit.parse(unit);
    return scaled(
        number,
        known.orElse(null),
        known.isPresent() ? "" : unit.toLowerCase(java.util.Locale.ROOT).replaceAll("\\s+", " "));
  }

  private static Optional<AnswerValue> scaled(String number, @Nullable Unit unit, String label) {
    try {
      return Optional.of(quantity(Formula.parse(number), unit, label));
    } catch (UndecidedException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static AnswerValue quantity(Expression number, @Nullable Unit unit, String label) {
    String formula = Points.key(number);
    String scaled =
        unit == null
            ? formula
            : Points.key(
                new Expression.Product(List.of(new Expression.Constant(unit.factor()), number)));
    return new AnswerValue.Quantity(formula, scaled, unit, label);
  }

  /** A sentence: its words as they are, its formulas by their values. */
  private static AnswerValue sentence(String text, int depth) {
    List<AnswerValue> parts = new ArrayList<>();
    boolean words = false;
    for (String part : BREAK.split(text, -1)) {
      if (part.isBlank()) {
        continue;
      }
      boolean prose = !part.contains("\\") && PROSE.matcher(part).find();
      words |= prose;
      parts.add(prose ? new AnswerValue.Words(said(part)) : value(part, depth + 1, true));
    }
    return words && parts.size() > 1 ? new AnswerValue.Ordered("sentence", parts, "") : words(text);
  }

  private static String said(String text) {
    return text.strip().replaceAll("^[.,;:]+|[.!,;:]+$", "").replaceAll("\\s+", " ").strip();
  }

  private static AnswerValue words(String text) {
    String said = STYLE.matcher(text.replace("\\mathbreak", " ")).replaceAll(" $1 ").strip();
    if (!said.contains("\\")
        && said.matches("(?s)[\\p{L}\\p{N}\\s'’.,:;!?()/$%&+-]+")
        && said.matches("(?s).*\\p{L}{2,}.*")) {
      return new AnswerValue.Words(said(said));
    }
    return new AnswerValue.Unread(squeezed(text));
  }

  private static String squeezed(String text) {
    return STYLE
        .matcher(text.replace("\\mathbreak", ""))
        .replaceAll("$1")
        .replaceAll("\\s+", "")
        .replaceAll("\\.$", "");
  }

  static boolean isName(String text) {
    return NAME.matcher(text.strip()).matches();
  }
}
