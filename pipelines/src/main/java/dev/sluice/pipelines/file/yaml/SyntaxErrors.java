package dev.sluice.pipelines.file.yaml;

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
  /** How the parser's messages begin, or what they contain, and what is said instead. */
  private static final String[][] SENTENCES = {
    {
      "mapping values are not allowed",
      "a second ': ' in one line; put the text in quotes, or the key on a line of its own at the indentation of its siblings"
    },
    {"expected <block end>", "this does not fit the block above it; check the indentation"},
    {"could not find expected ':'", "a ':' is missing after the key in the line above"},
    {
      "sequence entries are not allowed",
      "a list cannot begin with '- ' behind its key; put it on the next line, or write [a, b]"
    },
    {"cannot start any token", "a text cannot begin with this character; put it in quotes"},
    {
      "found unknown escape",
      "an unknown escape in a text in double quotes; write \\\\ for a backslash, or use single quotes"
    },
    {"expected the node content", "a value is missing before this"},
    {
      "expected chomping",
      "behind '|' or '>' nothing but '+', '-' or a digit may stand; put the text in quotes"
    },
    {
      "expected a comment or",
      "behind '|' or '>' nothing but '+', '-' or a digit may stand; put the text in quotes"
    },
    {
      "expected alphabetic or numeric",
      "'&' and '*' must be followed by the name of an anchor; put the text in quotes"
    },
    {"expected URI", "'!' starts a tag, and tags are not supported; put the text in quotes"},
    {
      "mapping keys are not allowed",
      "'? ' begins a key where none can stand; put the text in quotes"
    },
    {"unexpected character found", "this character cannot stand here; put the text in quotes"},
    {"expected '<document start>'", "the document ended before this; check the indentation"},
    {"found unexpected end of stream", "the file ends inside a value"}
  };

  private SyntaxErrors() {}

  static void report(String file, String text, YamlEngineException error, Findings findings) {
    if (error instanceof ReaderException) {
      findings.mistake(
          unprintable(file, text), "", null, "there is a control character here", null);
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
    int[] quote = UnclosedQuote.find(text);
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
          "there is a tab here; YAML is indented with spaces",
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
    boolean flow = problem.startsWith("expected ',' or");
    if (flow && at.getColumn() > 0 && before(text, at) == '$') {
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

  /** The character before a place; the parser counts characters, of which some are two chars. */
  private static int before(String text, Mark at) {
    int index = Math.min(at.getIndex(), text.codePointCount(0, text.length()));
    return index < 1 ? -1 : text.codePointBefore(text.offsetByCodePoints(0, index));
  }

  private static String sentence(String problem, boolean flow) {
    if (flow) {
      return "a comma or a closing bracket is missing before this";
    }
    for (String[] sentence : SENTENCES) {
      if (problem.contains(sentence[0])) {
        return sentence[1];
      }
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
