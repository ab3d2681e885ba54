package dev.sluice.stages.rubric;

import dev.sluice.stages.answers.AnswerEquality;
import dev.sluice.stages.answers.AnswerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a solution states line by line, as normal forms that can be compared as strings.
 *
 * @param lines number of the solution's lines, the answer line included
 * @param results the result that each line before the answer line states; empty text where a line
 *     states none
 * @param answer the final answer; empty text if there is none
 */
public record StatedResults(int lines, List<String> results, String answer) {
  private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*=([^<>=]*)>>");
  private static final Pattern AFTER_EQUALS =
      Pattern.compile("=\\s*(-?\\s*[$€£]?\\s*-?(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+))");

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
    if (last >= 0 && !answer.isEmpty() && results.get(last).equals(answer)) {
      results.remove(last);
    }
    return new StatedResults(steps.size(), results, answer);
  }

  /**
   * The result that a line states: that of its last annotation ({@code <<16-3=13>>}), else the
   * number after its last equals sign, else its last number; empty text if it has none.
   */
  static String ofLine(String line) {
    String result = last(ANNOTATION.matcher(line));
    if (result.isEmpty()) {
      result = last(AFTER_EQUALS.matcher(line));
    }
    if (result.isEmpty()) {
      result = AnswerReader.read(line, "").orElse("");
    }
    return normal(result);
  }

  /** Equal texts for results of one value; empty text for none. */
  public static String normal(String result) {
    return result.isBlank() ? "" : AnswerEquality.keyWithoutUnit(result);
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

  private static String last(Matcher matcher) {
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1).strip();
    }
    return last;
  }
}
