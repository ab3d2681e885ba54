package dev.sluice.methods.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tagged form of responses in SPARK stepwise (arXiv 2512.03244): steps in {@code <step>}, one
 * {@code <answer>} that holds one {@code \boxed{}}.
 */
public final class TaggedFormat {
  private static final Pattern BEGIN = Pattern.compile("<answer>");
  private static final Pattern END = Pattern.compile("</answer>");
  private static final Pattern BOX = Pattern.compile("\\\\boxed\\s*+\\{");

  private TaggedFormat() {}

  /**
   * The format gate: exactly one {@code \boxed{}}, exactly one answer block that holds it, and
   * nothing but white space after it.
   */
  public static boolean gate(CharSequence response) {
    if (count(BOX, response) != 1 || count(BEGIN, response) != 1 || count(END, response) != 1) {
      return false;
    }
    int begin = Chars.indexOf(response, "<answer>", 0);
    int end = Chars.indexOf(response, "</answer>", begin);
    return end >= 0
        && count(BOX, response.subSequence(begin, end)) == 1
        && Chars.blankFrom(response, end + "</answer>".length());
  }

  private static int count(Pattern pattern, CharSequence text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
