package dev.sluice.stages.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Final answers of solutions in plain text: finding them, and comparing them by value.
 *
 * <p>Two answers are equal iff their {@linkplain #canonical normal forms} are, so that equality is
 * transitive and a normal form may serve as the key of a vote. Numbers are compared exactly: {@code
 * 0.333} is not {@code 1/3}.
 */
public final class Answers {
  private static final Pattern MARKER =
      Pattern.compile(
          "####\\s*(.+)"
              + "|(?im:^[ \\t>*_]*(?:final[ \\t]+)?answer[ \\t*_]*[:=][ \\t*_]*(.+))"
              + "|(?m:^[ \\t*_]*A:[ \\t*_]*(.+))"
              + "|(?i:\\banswer is:?[ \\t*_]+(.+))"
              + "|(?s:<answer>(.+?)</answer>)");
  private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*>>");
  private static final Pattern LAST_NUMBER =
      Pattern.compile("(?<![\\w.,])-?(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)(?:/\\d+)?%?");
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)\\s*\\{");

  private Answers() {}

  /**
   * The final answer of a solution, as it is written there: what follows the last of {@code ####},
   * {@code A:} or {@code Answer:} at the start of a line, {@code answer is}, or what the last
   * {@code \boxed{}} or {@code <answer>} holds, whichever comes last; without any of them the last
   * number of the text, annotations like {@code <<1+1=2>>} left out.
   */
  public static Optional<String> extract(String solution) {
    int at = -1;
    String answer = "";
    Matcher marker = MARKER.matcher(solution);
    while (marker.find()) {
      String found = tidy(firstGroup(marker));
      if (!found.isEmpty()) {
        at = marker.start();
        answer = found;
      }
    }
    Matcher box = BOX.matcher(solution);
    while (box.find()) {
      int close = closingBrace(solution, box.end());
      if (close >= 0 && box.start() > at) {
        String found = solution.substring(box.end(), close).strip();
        if (!found.isEmpty()) {
          at = box.start();
          answer = found;
        }
      }
    }
    return at >= 0 ? Optional.of(answer) : lastNumber(solution);
  }

  /** Whether two answers have the same value. */
  public static boolean equal(String answer, String other) {
    return canonical(answer).equals(canonical(other));
  }

  /**
   * The normal form of an answer. A number, with or without currency, thousands separators, a unit
   * or a percent sign, becomes its exact value: an integer, a decimal, or a fraction in lowest
   * terms where no decimal ends ({@code $18.00} and {@code 18 bolts} give {@code 18}, {@code
   * \frac{1}{2}} gives {@code 0.5}, {@code 2/6} gives {@code 1/3}). A percent sign counts as a
   * unit: {@code 50%} is 50, not 0.5. Any other answer is compared by its text without LaTeX's
   * spacing, case or full stop.
   */
  public static String canonical(String answer) {
    String plain = AnswerText.plain(answer);
    return ExactNumber.parse(plain)
        .map(ExactNumber::toString)
        .orElseGet(() -> plain.toLowerCase(Locale.ROOT).replaceAll("\\s+", " "));
  }

  private static Optional<String> lastNumber(String solution) {
    Matcher number = LAST_NUMBER.matcher(ANNOTATION.matcher(solution).replaceAll(" "));
    String last = "";
    while (number.find()) {
      last = number.group();
    }
    return last.isEmpty() ? Optional.empty() : Optional.of(last.replaceFirst(",+$", ""));
  }

  private static String firstGroup(Matcher matcher) {
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String text = matcher.group(group);
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  /** Without Markdown's emphasis and a sentence's full stop. */
  private static String tidy(String answer) {
    return answer.strip().replaceFirst("[*_]+$", "").strip().replaceFirst("\\.$", "").strip();
  }

  private static int closingBrace(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
