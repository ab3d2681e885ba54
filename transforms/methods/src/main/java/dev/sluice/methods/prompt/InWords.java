package dev.sluice.methods.prompt;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.task.TextTask;
import dev.sluice.records.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Problems in words, which prompts of any family may ask. */
final class InWords {
  private static final Pattern BLANKS = Pattern.compile("\\s++");

  private InWords() {}

  /**
   * Checks that a problem is in words.
   *
   * @param family that is to ask it
   * @throws IllegalArgumentException if the problem is not in words, so that only its own world can
   *     ask it
   */
  static void require(Problem problem, String family) {
    if (!(TaskFormat.of(problem) instanceof TextTask)) {
      throw new IllegalArgumentException(
          "Problem %s has the format '%s', which the prompt family '%s' cannot ask: it is for problems in words. Leave 'prompt' out."
              .formatted(
                  problem.problemId(), problem.attributes().get(TaskFormat.ATTRIBUTE), family));
    }
  }

  /** A question in one line, as worked examples have it. */
  static String question(CharSequence text) {
    return "Question: "
        + BLANKS
            .matcher(text)
            .replaceAll(
                run -> run.group().contains("\n") ? " " : Matcher.quoteReplacement(run.group()))
        + "\n";
  }
}
