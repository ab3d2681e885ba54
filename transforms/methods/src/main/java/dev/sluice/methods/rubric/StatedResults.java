package dev.sluice.methods.rubric;

import dev.sluice.methods.answers.AnswerEquality;
import dev.sluice.methods.answers.AnswerReader;
import dev.sluice.methods.answers.UnitInText;
import dev.sluice.methods.text.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a solution states line by line, as texts that are compared {@linkplain #same by value}.
 *
 * @param lines number of the solution's lines, the answer line included
 * @param results the result that each line before the answer line states; empty text where a line
 *     states none
 * @param answer the final answer; empty text if there is none
 */
public record StatedResults(int lines, List<String> results, String answer) {
  private static final Pattern PLAIN = Pattern.compile("0|[1-9]\\d*");
  private static final Pattern ANNOTATION = Pattern.compile("<<([^<>]*+)>>");
  private static final Pattern AFTER_EQUALS =
      Pattern.compile("=\\s*+(-?\\s*+[$€£]?\\s*+-?(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+))");

  public StatedResults {
    results = List.copyOf(results);
  }

  /**
   * The results of a solution. Its last line is the answer line if it states the answer; where it
   * does not, every line counts as one before the answer.
   */
  public static StatedResults of(List<String> steps, @Nullable String finalAnswer) {
    String answer = finalAnswer == null ? "" : normal(finalAnswer);
    List<String> results = new ArrayList<>();
    for (String step : steps) {
      results.add(ofLine(step));
    }
    int last = results.size() - 1;
    if (last >= 0 && !answer.isEmpty() && same(results.get(last), answer)) {
      results.remove(last);
    }
    return new StatedResults(steps.size(), results, answer);
  }

  /**
   * The result that a line states: that of its last annotation ({@code <<16-3=13>>}), else the
   * number after its last equals sign with its unit, else what it would answer; empty text if it
   * has none.
   */
  public static String ofLine(CharSequence line) {
    String result = annotated(line);
    if (result.isEmpty()) {
      result = afterEquals(line);
    }
    if (result.isEmpty()) {
      result = AnswerReader.read(line, "").orElse("");
    }
    return normal(result);
  }

  /**
   * The value of a result that has no unit, in one spelling; otherwise the result as it is written;
   * empty text for none.
   */
  public static String normal(String result) {
    String text = result.strip();
    if (text.isEmpty() || PLAIN.matcher(text).matches()) {
      return text;
    }
    String value = AnswerEquality.keyWithoutUnit(text);
    boolean spelling =
        value.equals(AnswerEquality.key(text)) && value.equals(AnswerEquality.key(value));
    return spelling ? value : text;
  }

  /**
   * Whether two results are of one class: the same value, with a unit of the same size where both
   * have one.
   */
  public static boolean same(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return false;
    }
    if (one.equals(other)) {
      return true;
    }
    int[] classes = AnswerEquality.classes(List.of(Optional.of(one), Optional.of(other)));
    return classes[0] == classes[1];
  }

  /**
   * Whether an answer is a result that was stated before it: either may leave out its unit, and
   * words after the number.
   */
  public static boolean follows(String result, String answer) {
    return !result.isEmpty() && AnswerEquality.matches(result, answer);
  }

  /** The result of the last step that holds an equals sign; empty if none does. */
  public static Optional<String> lastComputed(List<String> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).contains("=")) {
        return Optional.of(ofLine(steps.get(i)));
      }
    }
    return Optional.empty();
  }

  private static String afterEquals(CharSequence line) {
    Matcher matcher = AFTER_EQUALS.matcher(line);
    int begin = -1;
    int end = -1;
    while (matcher.find()) {
      begin = matcher.start(1);
      end = matcher.end(1);
    }
    return begin < 0
        ? ""
        : line.subSequence(begin, end).toString().strip()
            + UnitInText.of(line.subSequence(end, line.length()));
  }

  /** What follows the equals sign of the last annotation that has one. */
  private static String annotated(CharSequence line) {
    Matcher matcher = ANNOTATION.matcher(line);
    String last = "";
    while (matcher.find()) {
      CharSequence content = line.subSequence(matcher.start(1), matcher.end(1));
      int sign = Chars.lastIndexOf(content, "=");
      last = sign < 0 ? last : content.subSequence(sign + 1, content.length()).toString().strip();
    }
    return last;
  }
}
