package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the text of an answer looks like, without its parser. */
final class AnswerShapes {
  static final Pattern INTEGER = Pattern.compile("-?[1-9]\\d*|0");
  static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z' ]+");
  static final Pattern SET = Pattern.compile("\\\\\\{([^{}]*)\\\\\\}");
  static final Pattern UNIT =
      Pattern.compile(
          "(-?\\d+(?:\\.\\d+)?) ?(?:\\\\(?:text|mathrm) ?\\{ ?)?(cm|km|minutes|m|kg|hours|dollars|inches)\\}?");
  static final Pattern LABELLED =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?) ([(][a-zA-Z][a-zA-Z ]*[)]|[a-zA-Z]{3}[a-zA-Z ]*)");
  static final Pattern RELATION =
      Pattern.compile("([^=<>,]+)(=|<|>|\\\\leq?(?![a-z])|\\\\geq?(?![a-z]))([^=<>,]+)");
  static final Map<String, String> TURNED =
      Map.of(
          "=", "=", "<", ">", ">", "<", "\\le", "\\ge", "\\leq", "\\geq", "\\ge", "\\le", "\\geq",
          "\\leq");

  private static final List<String> OF_NUMBERS =
      List.of(
          "point zero",
          "commas",
          "fraction",
          "decimal",
          "digit 1",
          "digit 2",
          "one digit more",
          "another number");

  private AnswerShapes() {}

  /** A whole answer between dollars, without them. */
  static String body(String answer) {
    return answer.matches("(?s)\\$[^$]+\\$")
        ? answer.substring(1, answer.length() - 1).strip()
        : answer;
  }

  static boolean labelled(String text) {
    return LABELLED.matcher(text).matches();
  }

  static Map<String, String> applied(Map<String, UnaryOperator<String>> rules, String answer) {
    Map<String, String> variants = new LinkedHashMap<>();
    rules.forEach(
        (name, rule) -> {
          String made = rule.apply(answer);
          if (!made.equals(answer) && !made.isBlank()) {
            variants.put(name, made);
          }
        });
    return variants;
  }

  static boolean isMath(String text) {
    return !text.matches(".*(?<![\\\\a-z{])[A-Za-z]{2,}.*")
        && !text.matches("[A-Z]")
        && !text.matches("\\d+:\\d+.*");
  }

  /** One number or formula: nothing that relates, lists or measures. */
  static boolean isQuantity(String text) {
    return !text.matches(
        "(?s).*([=<>,;:%$|&\\[\\]]|\\\\(le|ge|leq|geq|ne|neq|in|cup|pm|mp|text|mathrm|begin|circ|infty|quad|approx|therefore|Rightarrow|lim|mid|operatorname|log|ln|sin|cos|tan|to)(?![a-z])|\\\\\\{|or |and |[a-zA-Z]{4}(?<!\\\\frac|sqrt|inom)).*");
  }

  static String reversed(String list) {
    List<String> parts = new ArrayList<>(List.of(list.split(",")));
    Collections.reverse(parts);
    return String.join(",", parts);
  }

  static String negated(String text) {
    if (text.matches("0(?!\\.).*")) {
      return text;
    }
    return text.startsWith("-") ? text.substring(1) : "-" + text;
  }

  /** Variants of a number with words behind it: those of the number. */
  static void beforeWords(
      String answer, Function<String, Map<String, String>> make, Map<String, String> variants) {
    Matcher label = LABELLED.matcher(answer);
    if (!label.matches()) {
      return;
    }
    Map<String, String> made = make.apply(label.group(1));
    for (String rule : OF_NUMBERS) {
      if (made.containsKey(rule)) {
        variants.put(rule + " before words", made.get(rule) + " " + label.group(2));
      }
    }
  }
}
