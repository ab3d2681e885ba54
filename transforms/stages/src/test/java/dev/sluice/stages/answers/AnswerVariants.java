package dev.sluice.stages.answers;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other spellings of an answer, and wrong answers close to it. They are made from its text alone,
 * so that they judge the parser and do not follow it.
 */
final class AnswerVariants {
  private static final Pattern INTEGER = Pattern.compile("-?[1-9]\\d*|0");
  private static final Pattern LONG_INTEGER = Pattern.compile("-?[1-9]\\d{3,14}");
  private static final Pattern DECIMAL = Pattern.compile("(-?)(\\d{1,9})\\.(\\d{1,9})");
  private static final Pattern SLASH = Pattern.compile("(-?)(\\d{1,9})/(\\d{1,9})");
  private static final Pattern FRAC = Pattern.compile("(-?)\\\\frac\\{(\\d{1,9})\\}\\{(\\d{1,9})\\}");
  private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z' ]+");
  private static final Pattern SET = Pattern.compile("\\\\\\{([^{}]*)\\\\\\}");
  private static final Pattern TUPLE = Pattern.compile("([(\\[])([^()\\[\\]]*,[^()\\[\\]]*)([)\\]])");
  private static final Pattern NAMED = Pattern.compile("([a-zA-Z]) *= *([^=,<>]+)");
  private static final Pattern UNIT =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?) ?(?:\\\\(?:text|mathrm) ?\\{ ?)?(cm|km|m|kg|hours|minutes|dollars|inches)\\}?");
  private static final Pattern VARIABLE = Pattern.compile("(?<![\\\\a-zA-Z{])[a-df-hj-z](?![a-zA-Z])");
  private static final Pattern LABELLED = Pattern.compile("(-?\\d+(?:\\.\\d+)?) ([(]?[a-zA-Z][a-zA-Z ]*[)]?)");
  private static final Pattern RELATION = Pattern.compile("([^=<>,]+)(=|<|>|\\\\leq?(?![a-z])|\\\\geq?(?![a-z]))([^=<>,]+)");
  private static final Map<String, String> TURNED =
      Map.of("=", "=", "<", ">", ">", "<", "\\le", "\\ge", "\\leq", "\\geq", "\\ge", "\\le", "\\geq", "\\leq");
  private static final Map<String, String> OTHER_UNIT =
      Map.of("cm", "m", "km", "m", "m", "cm", "kg", "g", "hours", "minutes", "minutes", "hours", "dollars", "cents", "inches", "feet");

  private AnswerVariants() {}

  /** A whole answer between dollars, without them. */
  private static String body(String answer) {
    return answer.matches("(?s)\\$[^$]+\\$")
        ? answer.substring(1, answer.length() - 1).strip()
        : answer;
  }

  /** Texts with the value of an answer, by the rule that makes them. */
  static Map<String, String> spellings(String whole) {
    String answer = body(whole);
    Map<String, UnaryOperator<String>> rules = new LinkedHashMap<>();
    boolean math = isMath(answer);
    rules.put("full stop", text -> text.endsWith(".") ? text : text + ".");
    rules.put("blanks around", text -> "  " + text + " ");
    rules.put("boxed text", text -> math ? text : "\\text{" + text + "}");
    rules.put("dollars", text -> math && text.indexOf('$') < 0 ? "$" + text + "$" : text);
    rules.put("parentheses of TeX", text -> math && text.indexOf('$') < 0 ? "\\(" + text + "\\)" : text);
    rules.put("display style", text -> math && text.indexOf('$') < 0 ? "\\displaystyle " + text : text);
    rules.put("dfrac", text -> text.replaceAll("\\\\[dt]?frac(?![a-z])", "\\\\dfrac"));
    rules.put("tfrac", text -> text.replaceAll("\\\\[dt]?frac(?![a-z])", "\\\\tfrac"));
    rules.put("short fraction", text -> text.replaceAll("\\\\frac\\{(\\d)\\}\\{(\\d)\\}", "\\\\frac$1$2"));
    rules.put("short root", text -> text.replaceAll("\\\\sqrt\\{(\\d)\\}", "\\\\sqrt$1"));
    rules.put("sizes", AnswerVariants::sized);
    rules.put("no sizes", text -> text.replaceAll("\\\\(left|right)(?=[()\\[\\]])", ""));
    rules.put("minus", text -> math ? text.replace('-', '\u2212') : text);
    rules.put("pi", text -> text.replaceAll("\\\\pi(?![a-z])", "\u03c0"));
    rules.put("blanks at signs", text -> math ? text.replaceAll("\\s*([=+])\\s*", " $1 ") : text);
    rules.put("blanks after commas", text -> math && !text.matches(".*\\d(\\{,\\}|\\\\?,\\\\?!?)\\d{3}.*") ? text.replaceAll("(?<!\\\\),\\s*", " ,  ") : text);
    rules.put("fraction", text -> fraction(SLASH, text, "\\frac{%s}{%s}"));
    rules.put("slash", text -> fraction(FRAC, text, "%s/%s"));
    rules.put("decimal", text -> decimal(FRAC, decimal(SLASH, text)));
    rules.put("fraction of decimal", AnswerVariants::ofDecimal);
    rules.put("point zero", text -> INTEGER.matcher(text).matches() ? text + ".0" : text);
    rules.put("commas", text -> grouped(text, ","));
    rules.put("braced commas", text -> grouped(text, "{,}"));
    rules.put("thin blanks", text -> grouped(text, "\\,"));
    rules.put("joined", text -> text.matches("-?\\d{1,3}(,\\d{3})+") ? text.replace(",", "") : text);
    rules.put("name", text -> isQuantity(text) && math ? "x = " + text : text);
    rules.put("no name", text -> !text.contains("quad") && NAMED.matcher(text).matches() ? text.replaceFirst(".*= *", "") : text);
    rules.put("order of a set", text -> SET.matcher(text).matches() ? "\\{" + reversed(text.substring(2, text.length() - 2)) + "\\}" : text);
    rules.put("turned", AnswerVariants::turned);
    rules.put("dot", text -> math ? text.replaceAll("(?<=\\d)(?=[a-df-hj-z](?![a-z])|\\\\(?:pi|sqrt)(?![a-z]))", " \\\\cdot ") : text);
    rules.put("unit as text", text -> UNIT.matcher(text).matches() ? UNIT.matcher(text).replaceFirst("$1\\\\text{ $2}") : text);
    rules.put("percent", text -> text.replace("\\%", "%"));
    rules.put("degrees", text -> text.replaceAll("\\^\\{?\\\\circ\\}?", "\u00b0"));
    rules.put("braced degrees", text -> text.replaceAll("\\^\\{?\\\\circ\\}?", "^{\\\\circ}"));
    rules.put("capitals", text -> WORDS.matcher(text).matches() ? text.toUpperCase(java.util.Locale.ROOT) : text);
    rules.put("no brackets", text -> labelled(text) ? text.replaceAll("[()]", "") : text);
    rules.put("words as text", text -> labelled(text) ? LABELLED.matcher(text).replaceFirst("$1 \\\\text{ $2}").replaceAll("[()]", "") : text);
    rules.put("number in dollars", text -> labelled(text) ? LABELLED.matcher(text).replaceFirst("\\$$1\\$ $2") : text);
    rules.put("no words", text -> labelled(text) ? LABELLED.matcher(text).replaceFirst("$1") : text);
    rules.put("power of ten", text -> LONG_INTEGER.matcher(text).matches() ? text + " \\times 10^{0}" : text);
    rules.put("plus", text -> text.matches("\\d+(\\.\\d+)?") ? "+" + text : text);
    rules.put("zeros", text -> text.matches("\\d+") ? text + ".00" : text.matches("\\d*\\.\\d+") ? text + "0" : text);
    rules.put("braces", text -> math && isQuantity(text) && !text.endsWith(".") ? "{" + text + "}" : text);
    rules.put("brackets", text -> math && isQuantity(text) && !text.endsWith(".") && !text.matches("[a-zA-Z]") ? "(" + text + ")" : text);
    rules.put("emphasis", text -> !math && !text.matches("(?s).*[\\\\$_^].*") ? "\\textbf{" + text + "}" : text);
    rules.put("option as text", text -> text.matches("[A-H]") ? "\\text{(" + text + ")}" : text);
    rules.put("option bold", text -> text.matches("[A-H]") ? "\\textbf{" + text + "}" : text);
    rules.put("option", text -> text.matches("[A-H]") ? "(" + text + ")" : text);
    Map<String, String> variants = applied(rules, answer);
    if (!answer.equals(whole)) {
      variants.put("no dollars", answer);
    }
    labelled(answer, AnswerVariants::spellings, variants);
    return variants;
  }

  /** Texts with other values, by the rule that makes them. */
  static Map<String, String> nearMisses(String whole) {
    String answer = body(whole);
    Map<String, UnaryOperator<String>> rules = new LinkedHashMap<>();
    boolean math = isMath(answer);
    rules.put("first digit", text -> digit(text, false));
    rules.put("last digit", text -> digit(text, true));
    rules.put("one digit more", text -> INTEGER.matcher(text).matches() ? text + "7" : text);
    rules.put("sign", text -> isQuantity(text) && math ? negated(text) : text);
    rules.put("sign of an entry", text -> TUPLE.matcher(text).matches() ? text.charAt(0) + negated(text.substring(1)) : text);
    rules.put("plus one", text -> isQuantity(text) && math ? text + " + 1" : text);
    rules.put("square", text -> isQuantity(text) && math && !text.matches("-?[01]|.*[!^].*") ? "(" + text + ")^2" : text);
    rules.put("half", text -> isQuantity(text) && math && !text.equals("0") ? "\\frac{" + text + "}{2}" : text);
    rules.put("first bracket", text -> TUPLE.matcher(text).matches() ? other(text.charAt(0)) + text.substring(1) : text);
    rules.put("last bracket", text -> TUPLE.matcher(text).matches() ? text.substring(0, text.length() - 1) + other(text.charAt(text.length() - 1)) : text);
    rules.put("swapped", AnswerVariants::swapped);
    rules.put("variable", AnswerVariants::renamed);
    rules.put("exponent", text -> text.replaceFirst("\\^2(?!\\d)", "^3").replaceFirst("\\^\\{2\\}", "^{3}"));
    rules.put("unit", text -> unit(text));
    rules.put("one more", text -> isList(text) ? text + ", 1717" : text);
    rules.put("one less", text -> isList(text) ? text.substring(0, text.lastIndexOf(',')) : text);
    rules.put("one more in a set", text -> SET.matcher(text).matches() ? text.substring(0, text.length() - 2) + ",1717\\}" : text);
    rules.put("direction", text -> relation(text, TURNED));
    rules.put("strictness", text -> relation(text, Map.of("<", "\\le", ">", "\\ge", "\\le", "<", "\\leq", "<", "\\ge", ">", "\\geq", ">")));
    rules.put("operation", text -> math ? text.replaceFirst("(?<=[\\w)}] ?)\\+(?= ?[\\w\\\\(])", "-") : text);
    rules.put("function", text -> text.replaceFirst("\\\\sin(?![a-z])", "\\\\cos").replaceFirst("\\\\ln(?![a-z])", "\\\\sin"));
    rules.put("root", text -> text.replaceFirst("\\\\sqrt\\{(\\d+)\\}", "\\\\sqrt{1$1}"));
    rules.put("without pi", text -> text.matches("(?s).*\\{\\\\pi\\}.*") ? text : text.replaceFirst("\\\\pi(?![a-z])", ""));
    rules.put("letter", text -> WORDS.matcher(text).matches() ? text.substring(0, text.length() - 1) + "x" : text);
    rules.put("denied", text -> WORDS.matcher(text).matches() ? "not " + text : text);
    rules.put("other words", text -> labelled(text) ? LABELLED.matcher(text).replaceFirst("$1 quokkas") : text);
    rules.put("sign before words", text -> labelled(text) && !text.startsWith("0") ? negated(text) : text);
    rules.put("double", text -> isQuantity(text) && math && !text.equals("0") ? "2 \\cdot (" + text + ")" : text);
    rules.put("last side", text -> math && text.matches("(?s)[^,;:$]*[=<>][^,;:$]*[\\w)}]") ? text + " + 1" : text);
    rules.put("one word less", text -> WORDS.matcher(text).matches() && text.contains(" ") ? text.replaceFirst(" \\w+$", "") : text);
    rules.put("another word", text -> WORDS.matcher(text).matches() ? text.replaceFirst("^\\w+", "quokka") : text);
    rules.put("a word more", text -> WORDS.matcher(text).matches() ? text + " quokka" : text);
    rules.put("two options", text -> text.matches("[A-H]") ? text + text : text);
    rules.put("number for option", text -> text.matches("[A-H]") ? String.valueOf(text.charAt(0) - 'A' + 1) : text);
    rules.put("entries one more", text -> TUPLE.matcher(text).matches() ? text.substring(0, text.length() - 1) + ", 1717" + text.charAt(text.length() - 1) : text);
    rules.put("other option", text -> text.matches("[A-H]") ? String.valueOf((char) (text.charAt(0) + 1)) : text);
    rules.put("another number", text -> INTEGER.matcher(text).matches() ? new BigInteger(text).multiply(BigInteger.TWO).subtract(BigInteger.valueOf(3)).toString() : text);
    Map<String, String> variants = applied(rules, answer);
    labelled(answer, AnswerVariants::nearMisses, variants);
    return variants;
  }

  /** Variants of a number with words behind it: those of the number, and of how words are written. */
  private static void labelled(
      String answer, Function<String, Map<String, String>> make, Map<String, String> variants) {
    Matcher label = LABELLED.matcher(answer);
    if (label.matches()) {
      for (String rule : List.of("point zero", "commas", "fraction", "last digit", "one digit more", "another number", "decimal")) {
        String made = make.apply(label.group(1)).get(rule);
        if (made != null) {
          variants.put(rule + " before words", made + " " + label.group(2));
        }
      }
    }
  }

  private static Map<String, String> applied(Map<String, UnaryOperator<String>> rules, String answer) {
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

  private static boolean labelled(String text) {
    return LABELLED.matcher(text).matches();
  }

  private static boolean isMath(String text) {
    return !text.matches(".*(?<![\\\\a-z{])[A-Za-z]{2,}.*") && !text.matches("[A-Z]") && !text.matches("\\d+:\\d+.*");
  }

  /** One number or formula: nothing that relates, lists or measures. */
  private static boolean isQuantity(String text) {
    return !text.matches("(?s).*([=<>,;:%$|&\\[\\]]|\\\\(le|ge|leq|geq|ne|neq|in|cup|pm|mp|text|mathrm|begin|circ|infty|quad|approx|therefore|Rightarrow|lim|mid|operatorname|log|ln|sin|cos|tan|to)(?![a-z])|\\\\\\{|or |and |[a-zA-Z]{4}(?<!\\\\frac|sqrt|inom)).*");
  }

  private static boolean isList(String text) {
    return text.matches("-?\\d+( ?, ?-?\\d+)+") && !text.matches("\\d{1,3}(,\\d{3})+");
  }

  private static String sized(String text) {
    return !isMath(text) || text.contains("\\left") || text.contains("\\{") || !balanced(text)
        ? text
        : text.replaceAll("(?<!\\\\)([(\\[])", "\\\\left$1").replaceAll("(?<!\\\\)([)\\]])", "\\\\right$1")
            .replaceAll("\\\\sqrt\\\\left\\[(\\w+)\\\\right\\]", "\\\\sqrt[$1]");
  }

  private static boolean balanced(String text) {
    return text.chars().filter(c -> c == '(' || c == '[').count() == text.chars().filter(c -> c == ')' || c == ']').count();
  }

  private static String fraction(Pattern pattern, String text, String form) {
    Matcher fraction = pattern.matcher(text);
    return fraction.matches() ? fraction.group(1) + String.format(form, fraction.group(2), fraction.group(3)) : text;
  }

  private static String decimal(Pattern pattern, String text) {
    Matcher fraction = pattern.matcher(text);
    if (!fraction.matches()) {
      return text;
    }
    try {
      return fraction.group(1)
          + new BigDecimal(fraction.group(2)).divide(new BigDecimal(fraction.group(3))).toPlainString();
    } catch (ArithmeticException e) {
      return text;
    }
  }

  private static String ofDecimal(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    return decimal.matches()
        ? decimal.group(1) + "\\frac{" + new BigInteger(decimal.group(2) + decimal.group(3)) + "}{" + BigInteger.TEN.pow(decimal.group(3).length()) + "}"
        : text;
  }

  private static String grouped(String text, String separator) {
    return LONG_INTEGER.matcher(text).matches()
        ? text.replaceAll("(?<=\\d)(?=(\\d{3})+$)", Matcher.quoteReplacement(separator))
        : text;
  }

  private static String reversed(String list) {
    List<String> parts = new ArrayList<>(List.of(list.split(",")));
    Collections.reverse(parts);
    return String.join(",", parts);
  }

  private static String turned(String text) {
    boolean dollars = text.matches("\\$[^$]*\\$");
    Matcher relation = RELATION.matcher(dollars ? text.substring(1, text.length() - 1) : text);
    return relation.matches() && isMath(text) && !text.matches("(?s).*([;|$.:]$|\\\\(in|sum|lim|quad|pm|mid|begin|prod|equiv)(?![a-z])|[;|:$]).*")
        ? relation.group(3) + " " + TURNED.get(relation.group(2)) + " " + relation.group(1)
        : text;
  }

  private static String relation(String text, Map<String, String> signs) {
    Matcher relation = RELATION.matcher(text);
    if (text.contains("$") || !relation.matches() || !isMath(text) || relation.group(2).equals("=") || !signs.containsKey(relation.group(2))) {
      return text;
    }
    return relation.group(1) + signs.get(relation.group(2)) + " " + relation.group(3);
  }

  private static String digit(String text, boolean last) {
    List<MatchResult> digits = Pattern.compile("\\d").matcher(text).results().toList();
    if (digits.isEmpty() || (last && digits.size() == 1)) {
      return text;
    }
    int at = digits.get(last ? digits.size() - 1 : 0).start();
    return text.substring(0, at) + ((text.charAt(at) - '0') % 9 + 1) + text.substring(at + 1);
  }

  private static String negated(String text) {
    if (text.matches("0(?!\\.).*")) {
      return text;
    }
    return text.startsWith("-") ? text.substring(1) : "-" + text;
  }

  private static char other(char bracket) {
    return "([)]".charAt("[(])".indexOf(bracket));
  }

  private static String swapped(String text) {
    Matcher tuple = TUPLE.matcher(text);
    return tuple.matches() ? tuple.group(1) + reversed(tuple.group(2)) + tuple.group(3) : text;
  }

  private static String renamed(String text) {
    Matcher variable = VARIABLE.matcher(text);
    if (!isMath(text) || !variable.find()) {
      return text;
    }
    String other = text.contains("w") ? "\\omega " : "w";
    return text.substring(0, variable.start()) + other + text.substring(variable.end());
  }

  private static String unit(String text) {
    Matcher unit = UNIT.matcher(text);
    return unit.matches() ? unit.group(1) + " " + OTHER_UNIT.get(unit.group(2)) : text;
  }
}
