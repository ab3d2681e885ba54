package dev.sluice.methods.arithmetic;

import dev.sluice.methods.text.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form of prompts, solutions and verifications in the arithmetic world. It looks at form alone:
 * whether a line is true is never asked here.
 *
 * <pre>
 * solving   23+4-8*3:                       -&gt; 23+4=27 / 27-8=19 / 19*3=57 / #57
 * judging   23+4-8*3:23+4=27 / ... / #57?   -&gt; a 27y 19y 57y y
 * </pre>
 *
 * where {@code /} stands for a newline, and end of text follows every completion.
 */
public final class ArithmeticFormat {
  /** Value of {@code gate} in the attributes of a problem of this world. */
  public static final String GATE = "arithmetic";

  private static final Pattern STEP = Pattern.compile("\\d+[+*-]\\d=\\d+");
  private static final Pattern ANSWER = Pattern.compile("#\\d+");

  private ArithmeticFormat() {}

  /** The prompt that asks for a solution: {@code CHAIN:}. */
  public static String solvePrompt(String chain) {
    return chain + ":";
  }

  /** The prompt that asks for a verification: {@code CHAIN:SOLUTION?}. */
  public static String judgePrompt(String chain, String solution) {
    return chain + ":" + solution + "?";
  }

  /**
   * The lines of a completion, the answer line among them: its steps. Every newline ends a line, so
   * an empty line is a line too; an empty completion has none.
   */
  public static List<String> lines(CharSequence completion) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < completion.length(); i++) {
      if (completion.charAt(i) == '\n') {
        lines.add(completion.subSequence(begin, i).toString());
        begin = i + 1;
      }
    }
    if (completion.length() > 0) {
      lines.add(completion.subSequence(begin, completion.length()).toString());
    }
    return List.copyOf(lines);
  }

  /**
   * The number of lines that a solution must have, read from a chain or from a prompt that begins
   * with one: operations + 1.
   */
  public static int expectedLines(String prompt) {
    int colon = prompt.indexOf(':');
    return Chain.parse(colon < 0 ? prompt : prompt.substring(0, colon)).difficulty() + 1;
  }

  /** The answer as text, from a last line of the form {@code #57}. */
  public static Optional<String> answer(CharSequence completion) {
    int line = Chars.lastIndexOf(completion, "\n") + 1;
    CharSequence last = completion.subSequence(line, completion.length());
    return ANSWER.matcher(last).matches()
        ? Optional.of(last.subSequence(1, last.length()).toString())
        : Optional.empty();
  }

  /** Whether anything stands after the first answer line: a solution appended to another. */
  public static boolean appended(CharSequence completion) {
    List<String> lines = lines(completion);
    return lines.subList(0, Math.max(0, lines.size() - 1)).stream()
        .anyMatch(line -> ANSWER.matcher(line).matches());
  }

  /**
   * The format gate: exactly operations + 1 lines; all but the last like {@code 27-8=19}; the last
   * like {@code #57}, the only {@code #} of the text, and followed by end of text.
   *
   * @param chain the problem's text
   * @param finished whether the completion ended by itself; one that was cut off fails
   */
  public static boolean gate(String chain, CharSequence completion, boolean finished) {
    List<String> lines = lines(completion);
    int last = expectedLines(chain) - 1;
    if (!finished || lines.size() != last + 1 || !ANSWER.matcher(lines.get(last)).matches()) {
      return false;
    }
    return lines.subList(0, last).stream().allMatch(line -> STEP.matcher(line).matches());
  }

  /**
   * The verdicts of a verification: one of {@code a}, {@code b}, {@code c}, {@code d}, then for
   * each line of the solution a space and one token that ends in {@code y} (correct) or {@code n}.
   *
   * @return the verdicts, or empty if the text has another form
   */
  public static Optional<List<Boolean>> verdicts(CharSequence verification) {
    if (verification.length() == 0 || "abcd".indexOf(verification.charAt(0)) < 0) {
      return Optional.empty();
    }
    List<Boolean> verdicts = new ArrayList<>();
    int at = 1;
    while (at < verification.length()) {
      if (verification.charAt(at) != ' ') {
        return Optional.empty();
      }
      int end = at + 1;
      while (end < verification.length() && " \n".indexOf(verification.charAt(end)) < 0) {
        end++;
      }
      char last = verification.charAt(end - 1);
      if (last != 'y' && last != 'n') {
        return Optional.empty();
      }
      verdicts.add(last == 'y');
      at = end;
    }
    return Optional.of(List.copyOf(verdicts));
  }
}
