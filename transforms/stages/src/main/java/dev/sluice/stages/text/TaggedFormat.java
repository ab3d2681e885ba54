package dev.sluice.stages.text;

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

  private TaggedFormat() {}

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

  private static int count(Pattern pattern, String text) {
    return (int) pattern.matcher(text).results().count();
  }
}
