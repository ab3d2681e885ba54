package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the text of an answer to its value. */
final class AnswerParser {
  private static final int MAX_LENGTH = 2000;
  private static final int MAX_PARTS = 100;
  private static final int MAX_DEPTH = 12;

  private static final Pattern OPTION =
      Pattern.compile(
          "\\(?\\s*(?:\\\\(?:text|textbf|mathrm|mathbf)\\s*\\{)?\\s*\\(?([A-Z])\\)?\\s*\\}?\\s*\\)?[.)]?");
  private static final Pattern IN_STYLE =
      Pattern.compile("\\\\(?:text|textbf|textit|textrm|mbox|emph|boxed|fbox)\\s*(?=\\{)");
  private static final Pattern AND =
      Pattern.compile(
          "(?i)\\s*(?:,\\s*)?(?:\\b(?:and|or)\\b|\\\\(?:text|mathrm)\\s*\\{\\s*,?\\s*(?:and|or)\\s*\\}|\\\\(?:lor|vee)\\b)\\s*");
  private static final Pattern MATRIX =
      Pattern.compile(
          "(\\\\lbrace\\s*)?\\\\begin\\{(?:[pbvBV]?matrix|array|d?cases)\\}(?:\\{[^}]*\\})?(.*)\\\\end\\{(?:[pbvBV]?matrix|array|d?cases)\\}",
          Pattern.DOTALL);
  private static final Pattern CONDITION =
      Pattern.compile("\\\\(?:text|mathrm)\\s*\\{\\s*,?\\s*(?:if|for|when)\\s*\\}|^\\s*,");
  private static final Pattern FAMILY_OF_SETS =
      Pattern.compile(
          "\\\\big(cup|cap)\\s*(_\\s*(?:\\{[^{}]*\\}|\\w)\\s*(?:\\^\\s*(?:\\{[^{}]*\\}|\\\\infty|\\w))?)(.*)",
          Pattern.DOTALL);
  private static final Pattern BREAKS_AROUND =
      Pattern.compile("^(?:\\\\mathbreak|\\s)+|(?:\\\\mathbreak|\\s)+$");
  private static final Pattern BLANKS = Pattern.compile("\\s{2,}");
  private static final Pattern BREAK = Pattern.compile("\\\\mathbreak");

  /** Where letters side by side are a product, and no word. */
  private final boolean latex;

  private AnswerParser(boolean latex) {
    this.latex = latex;
  }

  /** The value of an answer; never fails. */
  static AnswerValue parse(String answer) {
    if (answer.length() > MAX_LENGTH) {
      return Sentences.unread(answer);
    }
    // Long blanks would cost patterns with several places for them the cube of their length.
    String text = withoutStyle(BLANKS.matcher(answer).replaceAll(" ").strip());
    String noted = Notation.plain(text.replaceFirst("(?<!\\.)\\.$", ""));
    String plain = trimmed(BLANKS.matcher(noted).replaceAll(" "));
    plain = plain.replaceFirst("(?<!\\.)[.,;]$", "").strip();
    return new AnswerParser(Notation.isFormula(text)).value(plain, 0);
  }

  /** What a command of style holds, if it holds the whole text. */
  private static String withoutStyle(String answer) {
    Matcher style = IN_STYLE.matcher(answer);
    if (style.lookingAt()) {
      String inner = Brackets.braced(answer, style.end());
      if (inner != null && style.end() + inner.length() + 2 == answer.length()) {
        return withoutStyle(inner.strip());
      }
    }
    String braced = answer.startsWith("{") ? Brackets.braced(answer, 0) : null;
    return braced != null && braced.length() + 2 == answer.length()
        ? withoutStyle(braced.strip())
        : answer;
  }

  private static String trimmed(String text) {
    return BREAKS_AROUND.matcher(text).replaceAll("");
  }

  private AnswerValue value(String text, int depth) {
    String inner = trimmed(trimmed(text).replaceFirst("^\\\\approx(?![a-z])", ""));
    if (depth > MAX_DEPTH || inner.isEmpty()) {
      return Sentences.unread(text);
    }
    Matcher option = OPTION.matcher(inner);
    if (option.matches()) {
      return new AnswerValue.Option(option.group(1));
    }
    if (Sentences.isWord(inner, latex)) {
      return Sentences.words(inner);
    }
    try {
      AnswerValue found = Sentences.isSentence(inner) ? null : decided(inner, depth);
      if (found != null) {
        return found;
      }
    } catch (UndecidedException | ArithmeticException e) {
      // It has no value: its text is compared.
    }
    return Sentences.parse(inner, part -> new AnswerParser(true).value(part, depth + 1));
  }

  /** The value; null if the text is none that this grammar has. */
  private @Nullable AnswerValue decided(String inner, int depth) {
    Matcher matrix = MATRIX.matcher(inner);
    if (matrix.matches()) {
      boolean cases = matrix.group(1) != null || inner.contains("cases}");
      return matrix(cases ? "cases" : "matrix", matrix.group(2), depth);
    }
    Matcher family = FAMILY_OF_SETS.matcher(inner);
    if (family.matches()) {
      String bounds = Sentences.squeezed(family.group(1) + family.group(2));
      return new AnswerValue.Ordered(
          "\\big" + bounds, List.of(value(family.group(3), depth + 1)), "");
    }
    List<String> ratio = Brackets.split(inner, ":");
    if (ratio.size() == 2 && Relations.isInequality(ratio.get(0))) {
      return twice(ratio.get(0), ratio.get(1), depth);
    }
    List<String> unions = Brackets.split(inner, "\\cup");
    if (unions.size() > 1) {
      return new AnswerValue.Unordered("union", values(unions, depth));
    }
    AnswerValue bracketed = bracketed(inner, depth);
    if (bracketed != null) {
      return bracketed;
    }
    List<String> parts = parts(inner);
    if (parts.size() > 1) {
      return parts.stream().anyMatch(Sentences::isProse)
          ? null
          : AnswerLists.of(values(parts, depth));
    }
    Optional<AnswerValue> relation = Relations.parse(inner, part -> value(part, depth + 1));
    if (relation.isPresent()) {
      return relation.get();
    }
    if (inner.contains("\\pm")) {
      return new AnswerValue.Unordered(
          "list", values(List.of(inner.replace("\\pm", "+"), inner.replace("\\pm", "-")), depth));
    }
    if (ratio.size() > 1
        && ratio.stream().allMatch(part -> part.matches("[\\s\\d.]+|\\s*[a-z]\\s*"))) {
      return new AnswerValue.Ordered("", values(ratio, depth), ":");
    }
    return Quantities.parse(inner, latex).orElse(null);
  }

  /** An inequality, and behind it the interval that it is. */
  private AnswerValue twice(String inequality, String interval, int depth) {
    AnswerValue first = value(inequality, depth + 1);
    if (!(first instanceof AnswerValue.Named named)
        || !named.value().key().equals(value(interval, depth + 1).key())) {
      throw new UndecidedException("an inequality that is another interval");
    }
    return first;
  }

  private List<AnswerValue> values(List<String> parts, int depth) {
    if (parts.size() > MAX_PARTS) {
      throw new UndecidedException("a list that is too long");
    }
    return parts.stream().map(part -> value(part, depth + 1)).toList();
  }

  private AnswerValue matrix(String kind, String content, int depth) {
    List<AnswerValue> rows = new ArrayList<>();
    for (String row : content.strip().replaceAll("\\\\newrow\\s*$", "").split("\\\\newrow", -1)) {
      List<String> cells = new ArrayList<>();
      for (String cell : row.split("&", -1)) {
        String said = kind.equals("cases") ? CONDITION.matcher(cell).replaceAll(" ") : cell;
        if (!kind.equals("cases") || !said.isBlank()) {
          cells.add(said);
        }
      }
      rows.add(new AnswerValue.Ordered("", new AnswerParser(true).values(cells, depth), ""));
    }
    return new AnswerValue.Ordered(kind, rows, "");
  }

  /** A point, an interval or a set; null for anything else: a formula in brackets is none. */
  private @Nullable AnswerValue bracketed(String text, int depth) {
    Brackets.Whole whole = Brackets.whole(text);
    if (whole == null) {
      return null;
    }
    List<String> parts = Brackets.split(whole.content(), ",");
    if (whole.open().equals("\\lbrace")) {
      List<String> builder = Brackets.split(whole.content(), "|");
      if (builder.size() == 1) {
        builder = Brackets.split(whole.content(), ":");
      }
      if (parts.size() == 1 && builder.size() == 2) {
        return new AnswerValue.Ordered("\\lbrace", values(builder, depth), "\\rbrace");
      }
      return new AnswerValue.Unordered(
          "set", whole.content().isBlank() ? List.of() : values(parts, depth));
    }
    return parts.size() < 2
        ? null
        : new AnswerValue.Ordered(whole.open(), values(parts, depth), whole.close());
  }

  /** What commas, semicolons, words and ends of formulas between values separate. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (String one : Brackets.split(text, ";")) {
      for (String two : Brackets.split(one, ",")) {
        for (String three : AND.split(two, -1)) {
          for (String four : relationsApart(three)) {
            if (!trimmed(four).isBlank()) {
              parts.add(four);
            }
          }
        }
      }
    }
    return parts;
  }

  /** Formulas one behind the other are several values if each of them is a relation. */
  private static List<String> relationsApart(String text) {
    List<String> formulas = BREAK.splitAsStream(text).filter(part -> !part.isBlank()).toList();
    return formulas.size() > 1 && formulas.stream().allMatch(Relations::isRelation)
        ? formulas
        : List.of(text);
  }
}
