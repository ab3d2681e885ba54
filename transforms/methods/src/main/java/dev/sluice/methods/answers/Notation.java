package dev.sluice.methods.answers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One spelling for what has several: delimiters, spacing, thousands, fractions, symbols. */
final class Notation {
  private static final Map<String, String> SYMBOLS = symbols();

  private static Map<String, String> symbols() {
    Map<String, String> symbols = new LinkedHashMap<>();
    for (String[] each :
        new String[][] {
          {"\u2212", "-"},
          {"\u2010", "-"},
          {"\u2011", "-"},
          {"\u00d7", "*"},
          {"\u00b7", "*"},
          {"\u22c5", "*"},
          {"\u00f7", "/"},
          {"\u2044", "/"},
          {"\u221a", "\\sqrt "},
          {"\u03c0", "\\pi "},
          {"\u221e", "\\infty "},
          {"\u2264", "\\le "},
          {"\u2265", "\\ge "},
          {"\u2260", "\\ne "},
          {"\u2248", "\\approx "},
          {"\u00b1", "\\pm "},
          {"\u222a", "\\cup "},
          {"\u2208", "\\in "},
          {"\u00b0", "^\\circ "},
          {"\u00b2", "^2"},
          {"\u00b3", "^3"},
          {"\u00bd", " 1/2"},
          {"\u00bc", " 1/4"},
          {"\u00be", " 3/4"},
          {"\u03b8", "\\theta "},
          {"\u03b1", "\\alpha "},
          {"\u03b2", "\\beta "},
          {"\u00a0", " "},
          {"\u202f", " "},
          {"\u2009", " "},
          {"\u2019", "'"}
        }) {
      symbols.put(each[0], each[1]);
    }
    return Collections.unmodifiableMap(symbols);
  }

  private static final Pattern THOUSANDS =
      Pattern.compile("(?<=\\d)(?:\\{,\\}|,\\\\!|\\\\,)(?=\\d{3}(?!\\d))");
  private static final Pattern COMMAS =
      Pattern.compile("(?<![\\d.,])\\d{1,3}(?:,\\d{3})+(?![\\d,])");
  private static final Pattern SPACES =
      Pattern.compile("(?<![\\d.,/])[1-9]\\d{0,2}(?: \\d{3})+(?![\\d,/]| \\d| *\\\\frac)");
  private static final Pattern SIZES =
      Pattern.compile(
          "\\\\(?:left|right|bigl?|bigr|Bigl?|Bigr|biggl?|biggr|displaystyle|textstyle|limits|nolimits)(?![a-zA-Z])\\.?");
  private static final Pattern BLANKS =
      Pattern.compile("\\\\(?:[,;:> ]|(?:enspace|thinspace)(?![a-zA-Z]))|~");
  private static final Pattern WIDE_BLANKS = Pattern.compile("\\\\q?quad(?![a-zA-Z])");
  private static final Pattern PRIMES =
      Pattern.compile("\\^\\s*(?:\\{\\s*((?:\\\\prime\\s*)+)\\}|\\\\prime(?![a-zA-Z]))");

  /** Degrees, minutes and seconds of an angle. */
  private static final Pattern MINUTES =
      Pattern.compile(
          "(\\d+(?:\\.\\d+)?)\\s*\\\\circ\\s*(\\d+(?:\\.\\d+)?)\\s*'(?!')(?:\\s*(\\d+(?:\\.\\d+)?)\\s*(?:''|\"))?");

  private static final Pattern FRACTIONS = Pattern.compile("\\\\[dtc]frac(?![a-zA-Z])");
  private static final Pattern SHORT_FRACTION =
      Pattern.compile("\\\\frac\\s*(\\d|[a-zA-Z])\\s*(\\d|[a-zA-Z]|\\{)");
  private static final Pattern HALF_FRACTION =
      Pattern.compile("\\\\frac\\s*(\\{[^{}]*\\})\\s*(\\d|[a-zA-Z])");
  private static final Pattern DEGREES =
      Pattern.compile("\\^\\s*\\{?\\s*\\\\circ\\s*\\}?|\\\\degree(?![a-zA-Z])");
  private static final Pattern MATH = Pattern.compile("\\$\\$|\\\\[()\\[\\]]");

  private Notation() {}

  /** Whether a text has anything of a formula in it. */
  static boolean isFormula(String text) {
    return text.indexOf('\\') >= 0 || text.indexOf('$') >= 0;
  }

  /** The one spelling. */
  static String plain(String text) {
    String plain = text;
    for (Map.Entry<String, String> symbol : SYMBOLS.entrySet()) {
      plain = plain.replace(symbol.getKey(), symbol.getValue());
    }
    // Rows of a matrix, before a backslash and a blank are taken for a blank.
    plain = plain.replaceAll("\\\\\\\\(?:\\[[^\\]]*\\])?", " \\\\newrow ");
    plain = plain.replaceAll("\\\\(min|max)(?![a-zA-Z])", " $1 ");
    plain = plain.replaceAll("\u2013(?=\\s*[\\d.$\\\\])", "-");
    plain = THOUSANDS.matcher(plain).replaceAll("");
    plain = plain.replace("\\!", "");
    // An escaped dollar is money; others are the borders of formulas, unless one stands alone.
    plain = plain.replace("\\$", "\\dollar ");
    plain = MATH.matcher(plain).replaceAll(" ");
    plain =
        plain.chars().filter(c -> c == '$').count() == 1
            ? money(plain)
            : plain.replace("$", " \\mathbreak ");
    plain = SIZES.matcher(plain).replaceAll("");
    plain = WIDE_BLANKS.matcher(plain).replaceAll(" \\\\mathbreak ");
    plain = BLANKS.matcher(plain).replaceAll(" ");
    plain = PRIMES.matcher(plain).replaceAll(Notation::primes);
    plain = FRACTIONS.matcher(plain).replaceAll("\\\\frac");
    plain = braced(plain);
    plain = DEGREES.matcher(plain).replaceAll("\\\\circ ");
    plain = MINUTES.matcher(plain).replaceAll(Notation::minutes);
    plain = plain.replace("\\%", "%").replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ");
    plain = plain.replace("\\leqslant", "\\le").replace("\\geqslant", "\\ge");
    plain =
        plain
            .replaceAll("\\\\leq(?![a-zA-Z])", "\\\\le ")
            .replaceAll("\\\\geq(?![a-zA-Z])", "\\\\ge ");
    plain =
        plain
            .replaceAll("\\\\neq(?![a-zA-Z])", "\\\\ne ")
            .replaceAll("<=", "\\\\le ")
            .replaceAll(">=", "\\\\ge ")
            .replaceAll("!=", "\\\\ne ");
    plain = plain.replaceAll("\\\\lt(?![a-zA-Z])", "<").replaceAll("\\\\gt(?![a-zA-Z])", ">");
    plain = plain.replaceAll("\\\\(?:mid|vert|lvert|rvert)(?![a-zA-Z])", "|");
    plain = plain.replace("**", "^");
    return thousands(plain).strip();
  }

  private static String primes(MatchResult found) {
    return found.group(1) == null
        ? "'"
        : "'".repeat(found.group(1).split("\\\\prime", -1).length - 1);
  }

  private static String minutes(MatchResult found) {
    String seconds = found.group(3) == null ? "" : " + " + found.group(3) + "/3600";
    return Matcher.quoteReplacement(
        "(" + found.group(1) + " + " + found.group(2) + "/60" + seconds + ")\\circ ");
  }

  /** A dollar sign alone is money. */
  private static String money(String text) {
    return text.replace("$", "\\dollar ");
  }

  private static String braced(String text) {
    String braced = text;
    for (int i = 0; i < 20; i++) {
      String next =
          SHORT_FRACTION
              .matcher(braced)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          "\\frac{"
                              + found.group(1)
                              + "}"
                              + (found.group(2).equals("{") ? "{" : "{" + found.group(2) + "}")));
      next =
          HALF_FRACTION
              .matcher(next)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          "\\frac" + found.group(1) + "{" + found.group(2) + "}"));
      if (next.equals(braced)) {
        return braced;
      }
      braced = next;
    }
    return braced;
  }

  /** Separators of thousands outside brackets; inside, a comma parts two values. */
  private static String thousands(String text) {
    StringBuilder all = new StringBuilder();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\0';
      boolean opens = c == '(' || c == '[' || text.startsWith("\\lbrace", i);
      boolean closes = c == ')' || c == ']' || text.startsWith("\\rbrace", i);
      if (opens || closes || i == text.length()) {
        String part = text.substring(begin, i);
        all.append(depth == 0 ? joined(part) : part);
        begin = i;
        depth += opens ? 1 : closes ? -1 : 0;
      }
    }
    return all.toString();
  }

  private static String joined(String text) {
    String commas = COMMAS.matcher(text).replaceAll(found -> found.group().replace(",", ""));
    return SPACES.matcher(commas).replaceAll(found -> found.group().replace(" ", ""));
  }
}
