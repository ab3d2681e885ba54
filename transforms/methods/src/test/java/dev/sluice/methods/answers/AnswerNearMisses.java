package dev.sluice.methods.answers;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wrong answers close to an answer, made from its text alone so that they judge the parser. */
final class AnswerNearMisses {
  private static final Pattern TUPLE =
      Pattern.compile("([(\\[])([^()\\[\\]]*,[^()\\[\\]]*)([)\\]])");
  private static final Pattern VARIABLE =
      Pattern.compile("(?<![\\\\a-zA-Z{])[a-df-hj-z](?![a-zA-Z])");
  private static final Map<String, String> OTHER_UNIT =
      Map.of(
          "cm", "m", "km", "m", "m", "cm", "kg", "g", "hours", "minutes", "minutes", "hours",
          "dollars", "cents", "inches", "feet");

  private AnswerNearMisses() {}

  /** Texts with other values, by the rule that makes them. */
  static Map<String, String> of(String whole) {
    String answer = AnswerShapes.body(whole);
    Map<String, UnaryOperator<String>> rules = new LinkedHashMap<>();
    boolean math = AnswerShapes.isMath(answer);
    for (int i = 0; i < 5; i++) {
      int at = i;
      rules.put("digit " + (i + 1), text -> digit(text, at));
    }
    rules.put("digit 1 by two", text -> digit(digit(text, 0), 0));
    rules.put(
        "one digit more", text -> AnswerShapes.INTEGER.matcher(text).matches() ? text + "7" : text);
    rules.put(
        "sign", text -> AnswerShapes.isQuantity(text) && math ? AnswerShapes.negated(text) : text);
    rules.put(
        "sign of an entry",
        text ->
            TUPLE.matcher(text).matches()
                ? text.charAt(0) + AnswerShapes.negated(text.substring(1))
                : text);
    rules.put("plus one", text -> AnswerShapes.isQuantity(text) && math ? text + " + 1" : text);
    rules.put(
        "square",
        text ->
            AnswerShapes.isQuantity(text) && math && !text.matches("-?[01]|.*[!^].*")
                ? "(" + text + ")^2"
                : text);
    rules.put(
        "half",
        text ->
            AnswerShapes.isQuantity(text) && math && !text.equals("0")
                ? "\\frac{" + text + "}{2}"
                : text);
    rules.put(
        "first bracket",
        text -> TUPLE.matcher(text).matches() ? other(text.charAt(0)) + text.substring(1) : text);
    rules.put(
        "last bracket",
        text ->
            TUPLE.matcher(text).matches()
                ? text.substring(0, text.length() - 1) + other(text.charAt(text.length() - 1))
                : text);
    rules.put("swapped", AnswerNearMisses::swapped);
    rules.put("variable", AnswerNearMisses::renamed);
    rules.put(
        "exponent",
        text -> text.replaceFirst("\\^2(?!\\d)", "^3").replaceFirst("\\^\\{2\\}", "^{3}"));
    rules.put("unit", text -> unit(text));
    rules.put(
        "unit that is none",
        text ->
            AnswerShapes.UNIT.matcher(text).matches()
                ? AnswerShapes.UNIT.matcher(text).replaceFirst("$1 quokkas")
                : text);
    rules.put(
        "sign before a unit",
        text -> AnswerShapes.UNIT.matcher(text).matches() ? AnswerShapes.negated(text) : text);
    rules.put(
        "more in plain text",
        text -> text.matches("[A-H]") ? text + " or " + (text.equals("A") ? "B" : "A") : text);
    rules.put(
        "word of it",
        text -> AnswerShapes.WORDS.matcher(text).matches() ? text.substring(0, 2) : text);
    rules.put("in a set", text -> text.matches("[-\\d]+") ? "\\{" + text + ", 1717\\}" : text);
    rules.put(
        "plus one inside",
        text ->
            math
                    && !AnswerShapes.isQuantity(text)
                    && text.matches("[^,;:=<>&%]*[\\w)}|]")
                    && !text.matches(".*\\\\(leq?|geq?|circ|text|mathrm|in|cup)(?![a-z]).*")
                ? text + " + 1"
                : text);
    rules.put(
        "times two inside",
        text ->
            math
                    && !AnswerShapes.isQuantity(text)
                    && text.matches("[^,;:=<>&%]*[\\w)}|]")
                    && !text.matches(".*\\\\(leq?|geq?|circ|text|mathrm|in|cup)(?![a-z]).*")
                ? "2 (" + text + ")"
                : text);
    rules.put("percent of it", text -> text.endsWith("\\%") ? "1" + text : text);
    rules.put(
        "sign of percent",
        text -> text.endsWith("\\%") || text.endsWith("circ}") ? AnswerShapes.negated(text) : text);
    rules.put("one more degree", text -> text.endsWith("circ}") ? "1" + text : text);
    rules.put(
        "one twice", text -> isList(text) ? text + ", " + text.replaceFirst(",.*", "") : text);
    rules.put("one more", text -> isList(text) ? text + ", 1717" : text);
    rules.put("one less", text -> isList(text) ? text.substring(0, text.lastIndexOf(',')) : text);
    rules.put(
        "one more in a set",
        text ->
            AnswerShapes.SET.matcher(text).matches()
                ? text.substring(0, text.length() - 2) + ",1717\\}"
                : text);
    rules.put("direction", text -> relation(text, AnswerShapes.TURNED));
    rules.put(
        "strictness",
        text ->
            relation(
                text,
                Map.of(
                    "<", "\\le", ">", "\\ge", "\\le", "<", "\\leq", "<", "\\ge", ">", "\\geq",
                    ">")));
    rules.put(
        "operation",
        text -> math ? text.replaceFirst("(?<=[\\w)}] ?)\\+(?= ?[\\w\\\\(])", "-") : text);
    rules.put(
        "function",
        text ->
            text.replaceFirst("\\\\sin(?![a-z])", "\\\\cos")
                .replaceFirst("\\\\ln(?![a-z])", "\\\\sin"));
    rules.put("root", text -> text.replaceFirst("\\\\sqrt\\{(\\d+)\\}", "\\\\sqrt{1$1}"));
    rules.put(
        "without pi",
        text ->
            text.matches("(?s).*\\{\\\\pi\\}.*") ? text : text.replaceFirst("\\\\pi(?![a-z])", ""));
    rules.put(
        "letter",
        text ->
            AnswerShapes.WORDS.matcher(text).matches()
                ? text.substring(0, text.length() - 1) + "x"
                : text);
    rules.put("denied", text -> AnswerShapes.WORDS.matcher(text).matches() ? "not " + text : text);
    rules.put(
        "other words",
        text ->
            AnswerShapes.labelled(text)
                ? AnswerShapes.LABELLED.matcher(text).replaceFirst("$1 quokkas")
                : text);
    rules.put(
        "sign before words",
        text ->
            AnswerShapes.labelled(text) && !text.startsWith("0")
                ? AnswerShapes.negated(text)
                : text);
    rules.put(
        "double",
        text ->
            AnswerShapes.isQuantity(text) && math && !text.equals("0")
                ? "2 \\cdot (" + text + ")"
                : text);
    rules.put(
        "last side",
        text -> math && text.matches("(?s)[^,;:$]*[=<>][^,;:$]*[\\w)}]") ? text + " + 1" : text);
    rules.put(
        "one word less",
        text ->
            AnswerShapes.WORDS.matcher(text).matches() && text.contains(" ")
                ? text.replaceFirst(" \\w+$", "")
                : text);
    rules.put(
        "another word",
        text ->
            AnswerShapes.WORDS.matcher(text).matches()
                ? text.replaceFirst("^\\w+", "quokka")
                : text);
    rules.put(
        "a word more",
        text -> AnswerShapes.WORDS.matcher(text).matches() ? text + " quokka" : text);
    rules.put("two options", text -> text.matches("[A-H]") ? text + text : text);
    rules.put(
        "option after that",
        text -> text.matches("[A-H]") ? String.valueOf((char) (text.charAt(0) + 2)) : text);
    rules.put(
        "number for option",
        text -> text.matches("[A-H]") ? String.valueOf(text.charAt(0) - 'A' + 1) : text);
    rules.put(
        "entries one more",
        text ->
            TUPLE.matcher(text).matches()
                ? text.substring(0, text.length() - 1) + ", 1717" + text.charAt(text.length() - 1)
                : text);
    rules.put(
        "other option",
        text -> text.matches("[A-H]") ? String.valueOf((char) (text.charAt(0) + 1)) : text);
    rules.put(
        "another number",
        text ->
            AnswerShapes.INTEGER.matcher(text).matches()
                ? new BigInteger(text)
                    .multiply(BigInteger.TWO)
                    .subtract(BigInteger.valueOf(3))
                    .toString()
                : text);
    Map<String, String> variants = AnswerShapes.applied(rules, answer);
    AnswerShapes.beforeWords(answer, AnswerNearMisses::of, variants);
    return variants;
  }

  private static boolean isList(String text) {
    return text.matches("-?\\d+( ?, ?-?\\d+)+") && !text.matches("\\d{1,3}(,\\d{3})+");
  }

  private static String relation(String text, Map<String, String> signs) {
    Matcher relation = AnswerShapes.RELATION.matcher(text);
    if (text.contains("$")
        || !relation.matches()
        || !AnswerShapes.isMath(text)
        || relation.group(2).equals("=")
        || !signs.containsKey(relation.group(2))) {
      return text;
    }
    return relation.group(1) + signs.get(relation.group(2)) + " " + relation.group(3);
  }

  private static String digit(String text, int index) {
    List<MatchResult> digits = Pattern.compile("\\d").matcher(text).results().toList();
    if (digits.size() <= index) {
      return text;
    }
    int at = digits.get(index).start();
    return text.substring(0, at) + ((text.charAt(at) - '0') % 9 + 1) + text.substring(at + 1);
  }

  private static char other(char bracket) {
    return "([)]".charAt("[(])".indexOf(bracket));
  }

  private static String swapped(String text) {
    Matcher tuple = TUPLE.matcher(text);
    return tuple.matches()
        ? tuple.group(1) + AnswerShapes.reversed(tuple.group(2)) + tuple.group(3)
        : text;
  }

  private static String renamed(String text) {
    Matcher variable = VARIABLE.matcher(text);
    if (!AnswerShapes.isMath(text) || !variable.find()) {
      return text;
    }
    String other = text.contains("w") ? "\\omega " : "w";
    return text.substring(0, variable.start()) + other + text.substring(variable.end());
  }

  private static String unit(String text) {
    Matcher unit = AnswerShapes.UNIT.matcher(text);
    return unit.matches() ? unit.group(1) + " " + OTHER_UNIT.get(unit.group(2)) : text;
  }
}
