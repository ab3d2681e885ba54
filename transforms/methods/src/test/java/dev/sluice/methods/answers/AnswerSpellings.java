package dev.sluice.methods.answers;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other spellings of an answer, made from its text alone so that they judge the parser. */
final class AnswerSpellings {
  private static final Pattern LONG_INTEGER = Pattern.compile("-?[1-9]\\d{3,14}");
  private static final Pattern DECIMAL = Pattern.compile("(-?)(\\d{1,9})\\.(\\d{1,9})");
  private static final Pattern SLASH = Pattern.compile("(-?)(\\d{1,9})/(\\d{1,9})");
  private static final Pattern FRAC =
      Pattern.compile("(-?)\\\\frac\\{(\\d{1,9})\\}\\{(\\d{1,9})\\}");
  private static final Pattern NAMED = Pattern.compile("([a-zA-Z]) *= *([^=,<>]+)");

  private AnswerSpellings() {}

  /** Texts with the value of an answer, by the rule that makes them. */
  static Map<String, String> of(String whole) {
    String answer = AnswerShapes.body(whole);
    Map<String, UnaryOperator<String>> rules = new LinkedHashMap<>();
    boolean math = AnswerShapes.isMath(answer);
    rules.put("full stop", text -> text.endsWith(".") ? text : text + ".");
    rules.put("blanks around", text -> "  " + text + " ");
    rules.put("boxed text", text -> math ? text : "\\text{" + text + "}");
    rules.put("dollars", text -> math && text.indexOf('$') < 0 ? "$" + text + "$" : text);
    rules.put(
        "parentheses of TeX", text -> math && text.indexOf('$') < 0 ? "\\(" + text + "\\)" : text);
    rules.put(
        "display style", text -> math && text.indexOf('$') < 0 ? "\\displaystyle " + text : text);
    rules.put("dfrac", text -> text.replaceAll("\\\\[dt]?frac(?![a-z])", "\\\\dfrac"));
    rules.put("tfrac", text -> text.replaceAll("\\\\[dt]?frac(?![a-z])", "\\\\tfrac"));
    rules.put(
        "short fraction",
        text -> text.replaceAll("\\\\frac\\{(\\d)\\}\\{(\\d)\\}", "\\\\frac$1$2"));
    rules.put("short root", text -> text.replaceAll("\\\\sqrt\\{(\\d)\\}", "\\\\sqrt$1"));
    rules.put("sizes", AnswerSpellings::sized);
    rules.put("no sizes", text -> text.replaceAll("\\\\(left|right)(?=[()\\[\\]])", ""));
    rules.put("minus", text -> math ? text.replace('-', '\u2212') : text);
    rules.put("pi", text -> text.replaceAll("\\\\pi(?![a-z])", "\u03c0"));
    rules.put("blanks at signs", text -> math ? text.replaceAll("\\s*([=+])\\s*", " $1 ") : text);
    rules.put(
        "blanks after commas",
        text ->
            math && !text.matches(".*\\d(\\{,\\}|\\\\?,\\\\?!?)\\d{3}.*")
                ? text.replaceAll("(?<!\\\\),\\s*", " ,  ")
                : text);
    rules.put("fraction", text -> fraction(SLASH, text, "\\frac{%s}{%s}"));
    rules.put("slash", text -> fraction(FRAC, text, "%s/%s"));
    rules.put("decimal", text -> decimal(FRAC, decimal(SLASH, text)));
    rules.put("fraction of decimal", AnswerSpellings::ofDecimal);
    rules.put(
        "point zero", text -> AnswerShapes.INTEGER.matcher(text).matches() ? text + ".0" : text);
    rules.put("commas", text -> grouped(text, ","));
    rules.put("braced commas", text -> grouped(text, "{,}"));
    rules.put("thin blanks", text -> grouped(text, "\\,"));
    rules.put(
        "joined", text -> text.matches("-?\\d{1,3}(,\\d{3})+") ? text.replace(",", "") : text);
    rules.put("name", text -> AnswerShapes.isQuantity(text) && math ? "x = " + text : text);
    rules.put(
        "no name",
        text ->
            !text.contains("quad") && NAMED.matcher(text).matches()
                ? text.replaceFirst(".*= *", "")
                : text);
    rules.put(
        "order of a set",
        text ->
            AnswerShapes.SET.matcher(text).matches()
                ? "\\{" + AnswerShapes.reversed(text.substring(2, text.length() - 2)) + "\\}"
                : text);
    rules.put("turned", AnswerSpellings::turned);
    rules.put(
        "dot",
        text ->
            math
                ? text.replaceAll(
                    "(?<=\\d)(?=[a-df-hj-z](?![a-z])|\\\\(?:pi|sqrt)(?![a-z]))", " \\\\cdot ")
                : text);
    rules.put(
        "unit as text",
        text ->
            AnswerShapes.UNIT.matcher(text).matches()
                ? AnswerShapes.UNIT.matcher(text).replaceFirst("$1\\\\text{ $2}")
                : text);
    rules.put("percent", text -> text.replace("\\%", "%"));
    rules.put("degrees", text -> text.replaceAll("\\^\\{?\\\\circ\\}?", "\u00b0"));
    rules.put("braced degrees", text -> text.replaceAll("\\^\\{?\\\\circ\\}?", "^{\\\\circ}"));
    rules.put(
        "capitals",
        text -> AnswerShapes.WORDS.matcher(text).matches() ? text.toUpperCase(Locale.ROOT) : text);
    rules.put(
        "no brackets", text -> AnswerShapes.labelled(text) ? text.replaceAll("[()]", "") : text);
    rules.put(
        "words as text",
        text ->
            AnswerShapes.labelled(text)
                ? AnswerShapes.LABELLED
                    .matcher(text)
                    .replaceFirst("$1 \\\\text{ $2}")
                    .replaceAll("[()]", "")
                : text);
    rules.put(
        "number in dollars",
        text ->
            AnswerShapes.labelled(text)
                ? AnswerShapes.LABELLED.matcher(text).replaceFirst("\\$$1\\$ $2")
                : text);
    rules.put(
        "no words",
        text ->
            AnswerShapes.labelled(text)
                ? AnswerShapes.LABELLED.matcher(text).replaceFirst("$1")
                : text);
    rules.put(
        "power of ten",
        text -> LONG_INTEGER.matcher(text).matches() ? text + " \\times 10^{0}" : text);
    rules.put("plus", text -> text.matches("\\d+(\\.\\d+)?") ? "+" + text : text);
    rules.put(
        "zeros",
        text ->
            text.matches("\\d+") ? text + ".00" : text.matches("\\d*\\.\\d+") ? text + "0" : text);
    rules.put(
        "braces",
        text ->
            math && AnswerShapes.isQuantity(text) && !text.endsWith(".") ? "{" + text + "}" : text);
    rules.put(
        "brackets",
        text ->
            math
                    && AnswerShapes.isQuantity(text)
                    && !text.endsWith(".")
                    && !text.matches("[a-zA-Z]")
                ? "(" + text + ")"
                : text);
    rules.put(
        "emphasis",
        text -> !math && !text.matches("(?s).*[\\\\$_^].*") ? "\\textbf{" + text + "}" : text);
    rules.put("option as text", text -> text.matches("[A-H]") ? "\\text{(" + text + ")}" : text);
    rules.put("option bold", text -> text.matches("[A-H]") ? "\\textbf{" + text + "}" : text);
    rules.put("option", text -> text.matches("[A-H]") ? "(" + text + ")" : text);
    Map<String, String> variants = AnswerShapes.applied(rules, answer);
    if (!answer.equals(whole)) {
      variants.put("no dollars", answer);
    }
    AnswerShapes.beforeWords(answer, AnswerSpellings::of, variants);
    return variants;
  }

  private static String sized(String text) {
    return !AnswerShapes.isMath(text)
            || text.contains("\\left")
            || text.contains("\\{")
            || !balanced(text)
        ? text
        : text.replaceAll("(?<!\\\\)([(\\[])", "\\\\left$1")
            .replaceAll("(?<!\\\\)([)\\]])", "\\\\right$1")
            .replaceAll("\\\\sqrt\\\\left\\[(\\w+)\\\\right\\]", "\\\\sqrt[$1]");
  }

  private static boolean balanced(String text) {
    return text.chars().filter(c -> c == '(' || c == '[').count()
        == text.chars().filter(c -> c == ')' || c == ']').count();
  }

  private static String fraction(Pattern pattern, String text, String form) {
    Matcher fraction = pattern.matcher(text);
    return fraction.matches()
        ? fraction.group(1) + String.format(form, fraction.group(2), fraction.group(3))
        : text;
  }

  private static String decimal(Pattern pattern, String text) {
    Matcher fraction = pattern.matcher(text);
    if (!fraction.matches()) {
      return text;
    }
    try {
      return fraction.group(1)
          + new BigDecimal(fraction.group(2))
              .divide(new BigDecimal(fraction.group(3)))
              .toPlainString();
    } catch (ArithmeticException e) {
      return text;
    }
  }

  private static String ofDecimal(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    return decimal.matches()
        ? decimal.group(1)
            + "\\frac{"
            + new BigInteger(decimal.group(2) + decimal.group(3))
            + "}{"
            + BigInteger.TEN.pow(decimal.group(3).length())
            + "}"
        : text;
  }

  private static String grouped(String text, String separator) {
    return LONG_INTEGER.matcher(text).matches()
        ? text.replaceAll("(?<=\\d)(?=(\\d{3})+$)", Matcher.quoteReplacement(separator))
        : text;
  }

  private static String turned(String text) {
    boolean dollars = text.matches("\\$[^$]*\\$");
    Matcher relation =
        AnswerShapes.RELATION.matcher(dollars ? text.substring(1, text.length() - 1) : text);
    return relation.matches()
            && AnswerShapes.isMath(text)
            && !text.matches(
                "(?s).*([;|$.:]$|\\\\(in|sum|lim|quad|pm|mid|begin|prod|equiv)(?![a-z])|[;|:$]).*")
        ? relation.group(3)
            + " "
            + AnswerShapes.TURNED.get(relation.group(2))
            + " "
            + relation.group(1)
        : text;
  }
}
