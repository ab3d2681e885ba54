package dev.sluice.runners.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses rows: comparisons of a column with a value ({@code =}, {@code !=}, {@code <}, {@code <=},
 * {@code >}, {@code >=}, {@code ~} for "contains"), joined by {@code and}. A column may be nested
 * by dots; values are numbers, {@code true}, {@code false}, {@code null} or text, quoted or not.
 */
final class RowFilter implements Predicate<Map<String, @Nullable Object>> {
  private static final Pattern TERM =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*(!=|<=|>=|=|<|>|~)\\s*(.+?)\\s*");

  private final List<Term> terms;

  private RowFilter(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  private record Term(String column, String operator, String value) {}

  /** Reads an expression; an empty one chooses every row. */
  static RowFilter of(@Nullable String expression) {
    List<Term> terms = new ArrayList<>();
    if (expression != null && !expression.isBlank()) {
      for (String part : expression.split("(?i)\\s+and\\s+", -1)) {
        Matcher term = TERM.matcher(part);
        if (!term.matches()) {
          throw new UserMistake(
              "--where takes comparisons such as \"votes >= 3 and status = tie\", not '%s'."
                  .formatted(part));
        }
        terms.add(new Term(term.group(1), term.group(2), unquoted(term.group(3))));
      }
    }
    return new RowFilter(terms);
  }

  @Override
  public boolean test(Map<String, @Nullable Object> row) {
    return terms.stream().allMatch(term -> matches(term, value(row, term.column())));
  }

  private static @Nullable Object value(Map<String, @Nullable Object> row, String column) {
    Object at = row;
    String[] names = column.split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      if (!(at instanceof Map<?, ?> block)) {
        return null;
      }
      if (i == 0 && !block.containsKey(names[0])) {
        throw new UserMistake(
            "There is no column '%s'; there are %s.".formatted(names[0], block.keySet()));
      }
      at = block.get(names[i]);
    }
    return at;
  }

  private static boolean matches(Term term, @Nullable Object value) {
    if (term.operator().equals("~")) {
      return value != null && value.toString().contains(term.value());
    }
    if (value == null || term.value().equals("null")) {
      boolean same = value == null && term.value().equals("null");
      return term.operator().equals("=") ? same : term.operator().equals("!=") && !same;
    }
    int order = compare(value, term.value());
    return switch (term.operator()) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static int compare(Object value, String text) {
    if (value instanceof Number number) {
      try {
        return Double.compare(number.doubleValue(), Double.parseDouble(text));
      } catch (NumberFormatException e) {
        throw new UserMistake("'%s' is no number, but the column holds numbers.".formatted(text));
      }
    }
    return value.toString().compareTo(text);
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() >= 2
            && (text.charAt(0) == '\'' || text.charAt(0) == '"')
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
