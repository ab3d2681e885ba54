package dev.sluice.methods.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The tokens of a query in SQLite's dialect, without blanks and comments. It looks at words alone
 * and never says whether a query is right.
 */
public final class SqlText {
  private static final Set<String> QUERIES = Set.of("select", "with", "values");

  /** Deeper nesting would need more of a native stack than threads have. */
  private static final int MAX_DEPTH = 100;

  private final List<Token> tokens;

  private SqlText(List<Token> tokens) {
    this.tokens = tokens;
  }

  private enum Kind {
    WORD,
    QUOTED_NAME,
    TEXT,
    OTHER
  }

  /** A token in lower case, but texts as they are; names without their quotes. */
  private record Token(Kind kind, String text) {}

  /** Reads a query; whatever is no token of its own is one character. */
  public static SqlText of(String sql) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = endOf(sql, "\n", at);
      } else if (sql.startsWith("/*", at)) {
        at = endOf(sql, "*/", at + 2);
      } else if (c == '\'' || c == '"' || c == '`') {
        int end = quoteEnd(sql, at);
        String content = sql.substring(at + 1, Math.max(at + 1, end - 1));
        tokens.add(
            c == '\''
                ? new Token(Kind.TEXT, "'" + content + "'")
                : new Token(Kind.QUOTED_NAME, lower(content)));
        at = end;
      } else if (c == '[') {
        int end = endOf(sql, "]", at);
        tokens.add(
            new Token(Kind.QUOTED_NAME, lower(sql.substring(at + 1, Math.max(at + 1, end - 1)))));
        at = end;
      } else if (isOfWord(c)) {
        int end = at;
        while (end < sql.length() && isOfWord(sql.charAt(end))) {
          end++;
        }
        tokens.add(new Token(Kind.WORD, lower(sql.substring(at, end))));
        at = end;
      } else {
        tokens.add(new Token(Kind.OTHER, String.valueOf(c)));
        at++;
      }
    }
    return new SqlText(tokens);
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static int endOf(String sql, String mark, int from) {
    int at = sql.indexOf(mark, from);
    return at < 0 ? sql.length() : at + mark.length();
  }

  /** The end of a quoted token, in which a doubled quote is one of its characters. */
  private static int quoteEnd(String sql, int begin) {
    char quote = sql.charAt(begin);
    int at = begin + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return sql.length();
  }

  /**
   * Why it is not one query that only reads, such as {@code begins with 'drop'}; empty if it is
   * one.
   */
  public String objection() {
    if (tokens.isEmpty()) {
      return "is empty";
    }
    String first = tokens.get(0).text();
    if (!QUERIES.contains(first)) {
      return "begins with '%s', not with SELECT or WITH".formatted(first);
    }
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      String text = tokens.get(i).kind() == Kind.OTHER ? tokens.get(i).text() : "";
      depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
      if (depth > MAX_DEPTH) {
        return "is nested more than %d deep".formatted(MAX_DEPTH);
      }
      if (text.equals(";") && i + 1 < tokens.size()) {
        return "has a second statement";
      }
    }
    return "";
  }

  /** The tokens in order, in lower case, without a semicolon at the end. */
  public List<String> words() {
    List<String> words = tokens.stream().map(token -> lower(token.text())).toList();
    int last = words.size() - 1;
    return last >= 0 && words.get(last).equals(";") ? words.subList(0, last) : words;
  }

  /**
   * Those of a schema's names that the query mentions.
   *
   * @param names of tables and columns, in lower case
   */
  public Set<String> mentioned(Set<String> names) {
    Set<String> found = new LinkedHashSet<>();
    for (Token token : tokens) {
      if ((token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_NAME)
          && names.contains(token.text())) {
        found.add(token.text());
      }
    }
    return found;
  }
}
