package dev.sluice.stages.text;

import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a solution in plain text into steps: every line that is not blank is one, without the blanks
 * around it. The answer line ({@code A: 18}, {@code #### 18}) is a step like the others.
 */
public final class Steps {
  private Steps() {}

  /** The steps of a solution, in order. */
  public static List<String> splitLines(String solution) {
    return solution.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Where each step of {@link #splitLines} begins: offsets of its line's first character. */
  public static List<Integer> starts(String solution) {
    List<Integer> starts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= solution.length(); i++) {
      boolean ends =
          i == solution.length() || solution.charAt(i) == '\n' || solution.charAt(i) == '\r';
      if (ends) {
        if (!solution.substring(begin, i).isBlank()) {
          starts.add(begin);
        }
        begin = i + 1;
      }
    }
    return starts;
  }

  /**
   * The tokens of each step. A token belongs to the step that its first character lies in; the
   * separator after a step belongs to that step, and end of text (a token without text) to the
   * last. Tokens before the first step belong to none.
   *
   * @param tokenTexts the text of each token of the completion, in order
   * @param starts offset in the completion's text at which each step begins, in order
   * @return one span per step; empty (begin = end) for a step in which no token begins
   */
  public static List<StepSpan> spans(List<String> tokenTexts, List<Integer> starts) {
    List<StepSpan> spans = new ArrayList<>();
    int token = 0;
    int offset = 0;
    for (int step = 0; step < starts.size(); step++) {
      // A token that begins before the first step but reaches into it is the first step's.
      while (token < tokenTexts.size()
          && offset < starts.get(step)
          && !(step == 0 && offset + tokenTexts.get(token).length() > starts.get(0))) {
        offset += tokenTexts.get(token++).length();
      }
      int begin = token;
      boolean last = step + 1 == starts.size();
      while (token < tokenTexts.size() && (last || offset < starts.get(step + 1))) {
        offset += tokenTexts.get(token++).length();
      }
      spans.add(new StepSpan(begin, token));
    }
    return List.copyOf(spans);
  }
}
