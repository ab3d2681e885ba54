package dev.sluice.stages.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tagged form of responses in SPARK stepwise (arXiv 2512.03244): steps in {@code <step>}, one
 * {@code <answer>} that holds one {@code \boxed{}}.
 */
public final class TaggedFormat {
  private static final String ANSWER_END = "</answer>";
  private static final Pattern ANSWER = Pattern.compile("<answer>.*?</answer>", Pattern.DOTALL);
  private static final Pattern BOX = Pattern.compile("\\\\boxed\\s*\\{");
  private static final Pattern STEP =
      Pattern.compile("<step>(.*?)(?=<step>|</think>|</answer>|\\z)", Pattern.DOTALL);

  private TaggedFormat() {}

  /** The response up to its last {@code </answer>}: what a judge is shown. */
  public static String judged(String response) {
    int end = response.lastIndexOf(ANSWER_END);
    return end < 0 ? response : response.substring(0, end + ANSWER_END.length());
  }

  /**
   * The format gate: exactly one {@code \boxed{}}, exactly one answer block that holds it, and
   * nothing but white space after it.
   */
  public static boolean gate(String response) {
    Matcher answer = ANSWER.matcher(response);
    if (count(BOX, response) != 1
        || count(Pattern.compile("<answer>"), response) != 1
        || count(Pattern.compile(ANSWER_END), response) != 1
        || !answer.find()) {
      return false;
    }
    return count(BOX, answer.group()) == 1 && response.substring(answer.end()).isBlank();
  }

  /** The texts of the steps: from one {@code <step>} to the next or to the end of the thinking. */
  public static List<String> steps(String response) {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(response);
    while (step.find()) {
      steps.add(step.group(1).replace("</step>", "").strip());
    }
    return List.copyOf(steps);
  }

  private static int count(Pattern pattern, String text) {
    return (int) pattern.matcher(text).results().count();
  }
}
