package dev.sluice.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses rows: comparisons of a column with a value ({@code =}, {@code !=}, {@code <}, {@code <=},
 * {@code >}, {@code >=}, {@code ~} for "contains"), joined by {@code and}. A column may be nested
 * by dots; {@code any(COLUMN)} and {@code all(COLUMN)} compare the elements of a list. Values are
 * numbers, {@code true}, {@code false}, {@code null} or text, quoted or not. A comparison that the
 * column's type has not is refused.
 */
public final class RowFilter implements Predicate<Map<String, @Nullable Object>> {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:(any|all)\\s*\\(\\s*)?([A-Za-z_][A-Za-z0-9_.]*)\\s*(\\))?\\s*(!=|<=|>=|=|<|>|~)\\s*(\\S.*)",
          Pattern.DOTALL);

  private static final Pattern AND = Pattern.compile("\\G(?i)\\s+and\\s+");

  private final List<Term> terms;

  private RowFilter(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  /**
   * One comparison.
   *
   * @param quantifier any or all, for the elements of a list; else empty
   */
  private record Term(
      String quantifier, String column, String operator, String value, boolean quoted) {
    @Override
    public String toString() {
      return "%s %s %s".formatted(named(), operator, value);
    }

    private String named() {
      return quantifier.isEmpty() ? column : "%s(%s)".formatted(quantifier, column);
    }
  }

  /** Reads an expression; an empty one chooses every row. */
  public static RowFilter of(@Nullable String expression) {
    List<Term> terms = new ArrayList<>();
    if (expression != null && !expression.isBlank()) {
      for (String part : parts(expression)) {
        Matcher term = TERM.matcher(part);
        if (!term.matches() || (term.group(1) == null) != (term.group(3) == null)) {
          throw new RowFilterException(
              "--where takes comparisons such as \"votes >= 3 and status = tie\" or \"any(agreement) < 0.5\", not '%s'."
                  .formatted(Printable.sentence(part)));
        }
        String value = term.group(5).strip();
        String bare = unquoted(value);
        terms.add(
            new Term(
                term.group(1) == null ? "" : term.group(1),
                term.group(2),
                term.group(4),
                bare,
                bare.length() != value.length()));
      }
    }
    return new RowFilter(terms);
  }

  /** What is between the words 'and' that are not in quotes. */
  private static List<String> parts(String expression) {
    List<String> parts = new ArrayList<>();
    Matcher and = AND.matcher(expression);
    int begin = 0;
    char quote = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '\'' || c == '"') && opens(expression, i)) {
        quote = c;
      } else if (Character.isWhitespace(c)
          && !Character.isWhitespace(i == 0 ? 'x' : expression.charAt(i - 1))
          && and.region(i, expression.length()).lookingAt()) {
        parts.add(expression.substring(begin, i));
        begin = and.end();
        i = begin - 1;
      }
    }
    parts.add(expression.substring(begin));
    return parts;
  }

  /** A quote opens a value after an operator; elsewhere, as in "it's", it is a letter. */
  private static boolean opens(String expression, int at) {
    int before = at - 1;
    while (before >= 0 && Character.isWhitespace(expression.charAt(before))) {
      before--;
    }
    return before >= 0 && "=<>~".indexOf(expression.charAt(before)) >= 0;
  }

  @Override
  public boolean test(Map<String, @Nullable Object> row) {
    // Each is looked at, so that a mistake in one is told whatever the others say.
    boolean all = true;
    for (Term term : terms) {
      all &= test(term, value(row, term.column()));
    }
    return all;
  }

  private static boolean test(Term term, @Nullable Object value) {
    if (term.quantifier().isEmpty()) {
      return matches(term, value);
    }
    if (value == null) {
      return false;
    }
    if (!(value instanceof List<?> elements)) {
      throw refused(term, "holds no lists; leave out '%s'".formatted(term.quantifier()));
    }
    boolean any = false;
    boolean all = true;
    for (Object element : elements) {
      boolean one = matches(term, element);
      any |= one;
      all &= one;
    }
    return term.quantifier().equals("any") ? any : all;
  }

  /** The value of a column; through a list of blocks, the list of their values. */
  private static @Nullable Object value(Map<String, @Nullable Object> row, String column) {
    String[] names = column.split("\\.", -1);
    if (!row.containsKey(names[0])) {
      throw new RowFilterException(
          Printable.sentence(
              "There is no column '%s'; there are %s.".formatted(names[0], row.keySet())));
    }
    return value(row, names, 0);
  }

  private static @Nullable Object value(@Nullable Object at, String[] names, int i) {
    if (i == names.length) {
      return at;
    }
    if (at instanceof Map<?, ?> block) {
      return value(block.get(names[i]), names, i + 1);
    }
    if (at instanceof List<?> list) {
      List<@Nullable Object> values = new ArrayList<>();
      list.forEach(each -> values.add(value(each, names, i)));
      return values;
    }
    return null;
  }

  private static boolean matches(Term term, @Nullable Object value) {
    boolean equality = term.operator().equals("=") || term.operator().equals("!=");
    if (!term.quoted() && term.value().equals("null")) {
      if (!equality) {
        throw refused(term, "is compared with null by = and != alone");
      }
      return (value == null) == term.operator().equals("=");
    }
    if (value == null) {
      return term.operator().equals("!=");
    }
    if (value instanceof List<?>) {
      throw refused(
          term,
          "holds lists; compare their elements, as in any(%s) %s %s"
              .formatted(term.column(), term.operator(), term.value()));
    }
    if (value instanceof Map<?, ?> block) {
      throw refused(
          term,
          "holds blocks; name one of their fields: "
              + String.join(
                  ", ", block.keySet().stream().map(key -> term.column() + "." + key).toList()));
    }
    if (term.operator().equals("~")) {
      if (!(value instanceof String text)) {
        throw refused(term, "holds no text, and ~ looks into text");
      }
      return text.contains(term.value());
    }
    return holds(term.operator(), compare(term, value, equality));
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static int compare(Term term, Object value, boolean equality) {
    if (value instanceof Number number) {
      try {
        return Double.compare(number.doubleValue(), Double.parseDouble(term.value()));
      } catch (NumberFormatException e) {
        throw refused(term, "holds numbers, and '%s' is none".formatted(term.value()));
      }
    }
    if (value instanceof Boolean truth) {
      String text = term.value().toLowerCase(Locale.ROOT);
      if (!equality || !(text.equals("true") || text.equals("false"))) {
        throw refused(term, "holds true and false, which = and != compare");
      }
      return Boolean.compare(truth, Boolean.parseBoolean(text));
    }
    if (!equality && !term.quoted() && isNumber(term.value())) {
      throw refused(
          term,
          "holds text, which comes before or after other text but not a number; quote '%s' if the order of letters is meant"
              .formatted(term.value()));
    }
    return value.toString().compareTo(term.value());
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static RowFilterException refused(Term term, String why) {
    return new RowFilterException(
        Printable.sentence(
            "--where cannot compare '%s': the column '%s' %s."
                .formatted(term, term.column(), why)));
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() >= 2
            && (text.charAt(0) == '\'' || text.charAt(0) == '"')
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
