package dev.sluice.pipelines.file;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Says where a syntax error comes from, which is seldom where the parser gave up: an open quote
 * runs to the next one, a bracket that is not closed to the end of its block.
 */
final class SyntaxErrors {
  private SyntaxErrors() {}

  static void report(String file, String text, YamlEngineException error, Findings findings) {
    if (error instanceof ReaderException) {
      findings.mistake(unprintable(file, text), "", null, "a control character stands here", null);
      return;
    }
    if (!(error instanceof MarkedYamlEngineException marked)) {
      Position start = new Position(file, 1, 1);
      findings.mistake(start, "", null, "not YAML: " + error.getMessage(), null);
      return;
    }
    String problem = Optional.ofNullable(marked.getProblem()).orElse("");
    Mark at = marked.getProblemMark().or(marked::getContextMark).orElse(null);
    Mark context = marked.getContextMark().orElse(null);
    int[] quote = openQuote(text);
    if (quote != null && (at == null || quote[0] <= at.getLine())) {
      String character = "" + text.split("\n", -1)[quote[0]].charAt(quote[1]);
      place(file, quote[0], quote[1], quoteMessage(character), findings);
    } else if (at == null) {
      place(file, 0, 0, "not YAML: " + problem, findings);
    } else if (problem.contains("TAB")) {
      place(
          file,
          at.getLine(),
          at.getColumn(),
          "a tab stands here; YAML is indented with spaces",
          findings);
    } else {
      report(file, text, problem, at, context, findings);
    }
  }

  private static void report(
      String file,
      String text,
      String problem,
      Mark at,
      @Nullable Mark context,
      Findings findings) {
    String line = text.split("\n", -1)[at.getLine()];
    boolean flow = problem.startsWith("expected ',' or");
    if (flow && at.getColumn() > 0 && line.charAt(at.getColumn() - 1) == '$') {
      place(
          file,
          at.getLine(),
          at.getColumn() - 1,
          "inside { } and [ ] a ${...} must stand in quotes",
          findings);
    } else if (flow && context != null && context.getLine() < at.getLine()) {
      String bracket = problem.contains("'}'") ? "{" : "[";
      place(
          file,
          context.getLine(),
          context.getColumn(),
          "the bracket '%s' that opens here is not closed before line %d"
              .formatted(bracket, at.getLine() + 1),
          findings);
    } else {
      place(file, at.getLine(), at.getColumn(), sentence(problem, flow), findings);
    }
  }

  private static String sentence(String problem, boolean flow) {
    if (flow) {
      return "a comma or a closing bracket is missing before this";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "a second ': ' in one line; put the text in quotes, or the key on a line of its own at the indentation of its siblings";
    }
    if (problem.startsWith("expected <block end>")) {
      return "this does not fit the block above it; check the indentation";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "a ':' is missing after the key in the line above";
    }
    if (problem.startsWith("sequence entries are not allowed")) {
      return "a list cannot begin with '- ' behind its key; put it on the next line, or write [a, b]";
    }
    if (problem.contains("cannot start any token")) {
      return "a text cannot begin with this character; put it in quotes";
    }
    if (problem.startsWith("found unknown escape")) {
      return "an unknown escape in a text in double quotes; write \\\\ for a backslash, or use single quotes";
    }
    return "not YAML: " + problem;
  }

  private static String quoteMessage(String character) {
    return "the quote "
        + character
        + " that opens here is not closed where the text ends; close it, or write a quote inside the text as "
        + (character.equals("'") ? "''" : "\\\"");
  }

  private static void place(String file, int line, int column, String message, Findings findings) {
    findings.mistake(new Position(file, line + 1, column + 1), "", null, message, null);
  }

  /** Line and column, from 0, of the first quote that is not closed where its value ends. */
  private static int @Nullable [] openQuote(String text) {
    int line = 0;
    int lineStart = 0;
    int blockIndent = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i == lineStart && blockIndent >= 0) {
        int end = lineEnd(text, i);
        int indent = indent(text, i, end);
        if (indent == end - i || indent > blockIndent) {
          line++;
          lineStart = end + 1;
          i = end;
          continue;
        }
        blockIndent = -1;
      }
      if (c == '\n') {
        line++;
        lineStart = i + 1;
      } else if (c == '#' && (i == lineStart || blank(text.charAt(i - 1)))) {
        i = lineEnd(text, i) - 1;
      } else if ((c == '|' || c == '>') && startsValue(text, i, lineStart) && endsLine(text, i)) {
        blockIndent = indent(text, lineStart, i);
        i = lineEnd(text, i) - 1;
      } else if ((c == '"' || c == '\'') && startsValue(text, i, lineStart)) {
        int close = close(text, i);
        if (close < 0 || !validAfter(text, close + 1)) {
          return new int[] {line, i - lineStart};
        }
        for (int j = i; j < close; j++) {
          if (text.charAt(j) == '\n') {
            line++;
            lineStart = j + 1;
          }
        }
        i = close;
      }
    }
    return null;
  }

  private static boolean startsValue(String text, int at, int lineStart) {
    int i = at - 1;
    while (i >= lineStart && blank(text.charAt(i))) {
      i--;
    }
    if (i < lineStart || "[{,".indexOf(text.charAt(i)) >= 0) {
      return true;
    }
    return i < at - 1 && ":-?".indexOf(text.charAt(i)) >= 0;
  }

  private static int close(String text, int open) {
    char quote = text.charAt(open);
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '"' && c == '\\') {
        i++;
      } else if (c == quote) {
        if (quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == '\'') {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean validAfter(String text, int from) {
    int i = from;
    while (i < text.length() && blank(text.charAt(i))) {
      i++;
    }
    return i >= text.length()
        || ",]}:\n\r".indexOf(text.charAt(i)) >= 0
        || (text.charAt(i) == '#' && i > from);
  }

  private static boolean endsLine(String text, int indicator) {
    int i = indicator + 1;
    while (i < text.length() && "+-0123456789".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    while (i < text.length() && blank(text.charAt(i))) {
      i++;
    }
    return i >= text.length() || "\r\n#".indexOf(text.charAt(i)) >= 0;
  }

  private static int indent(String text, int from, int to) {
    int i = from;
    while (i < to && text.charAt(i) == ' ') {
      i++;
    }
    return i - from;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }

  private static Position unprintable(String file, String text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
        column = 1;
      } else if ((c < 0x20 && c != '\t' && c != '\r') || c == 0x7f || c == 0xfffe || c == 0xffff) {
        return new Position(file, line, column);
      } else {
        column++;
      }
    }
    return new Position(file, line, column);
  }
}
