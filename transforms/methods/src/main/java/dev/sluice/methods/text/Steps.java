package dev.sluice.methods.text;

import dev.sluice.models.TokenSpans;
import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a solution in plain text into steps, by what the text itself shows, so that whoever looks at
 * it finds the same number of them:
 *
 * <ul>
 *   <li>tagged: what stands in each {@code <step>}, and the {@code <answer>};
 *   <li>numbered: from one {@code Step k:} (or {@code ## Step k:}, {@code **Step k:**}) at the
 *       start of a line to the next, and the answer line ({@code Answer: 18}, {@code #### 18});
 *   <li>otherwise every line that is not blank and more than a tag, the answer line among them.
 * </ul>
 */
public final class Steps {
  private static final Pattern NUMBERED =
      Pattern.compile("(?im)^[ \\t]*(?:#{1,4}[ \\t]*)?(?:\\*\\*)?step[ \\t]+(\\d+)[ \\t]*[:.)]");
  private static final Pattern ANSWER = Pattern.compile("(?im)^[ \\t]*(?:####|\\**answer[ \\t]*:)");
  private static final Pattern TAGGED =
      Pattern.compile(
          "<step>(?<step>.*?)(?=<step>|</step>|</think>|<answer>|\\z)|<answer>(?<answer>.*?)(?=</answer>|\\z)",
          Pattern.DOTALL);

  private static final String ANSWER_TAG = "<answer>";
  private static final Pattern TAG = Pattern.compile("</?[a-z_]+>");

  private Steps() {}

  /** A step from its start, and its text without the blanks around it. */
  private record Span(int start, int begin, int end) {

    static Span of(CharSequence text, int from, int to) {
      int begin = from;
      int end = to;
      while (begin < end && Character.isWhitespace(text.charAt(begin))) {
        begin++;
      }
      while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
      return new Span(from, begin, end);
    }
  }

  /** The steps of a solution, in order. */
  public static List<String> split(CharSequence solution) {
    return cut(solution).stream()
        .map(span -> solution.subSequence(span.begin(), span.end()).toString())
        .toList();
  }

  /** Where each step of {@link #split} begins: offsets, a line's indentation taken in. */
  public static List<Integer> starts(CharSequence solution) {
    return cut(solution).stream().map(Span::start).toList();
  }

  /**
   * The number of a solution's steps without its answer: fewer by one than {@link #split} finds
   * where the text is tagged and an {@code <answer>} is the last of them; else as many.
   */
  public static int withoutAnswer(CharSequence solution) {
    List<Span> spans = cut(solution);
    int count = spans.size();
    boolean answered =
        count > 1
            && Chars.contains(solution, "<step>")
            && Chars.startsWith(
                solution, ANSWER_TAG, spans.get(count - 1).start() - ANSWER_TAG.length());
    return answered ? count - 1 : count;
  }

  private static List<Span> cut(CharSequence text) {
    List<Span> spans =
        Chars.contains(text, "<step>")
            ? tagged(text)
            : isNumbered(text) ? numbered(text) : lines(text);
    return spans.stream().filter(span -> span.begin() < span.end()).toList();
  }

  private static boolean isNumbered(CharSequence text) {
    Matcher first = NUMBERED.matcher(text);
    return first.find() && first.group(1).equals("1");
  }

  private static List<Span> tagged(CharSequence text) {
    List<Span> spans = new ArrayList<>();
    Matcher tag = TAGGED.matcher(text);
    while (tag.find()) {
      String name = tag.start("step") < 0 ? "answer" : "step";
      spans.add(Span.of(text, tag.start(name), tag.end(name)));
    }
    return spans;
  }

  private static List<Span> numbered(CharSequence text) {
    List<Integer> begins = new ArrayList<>();
    Matcher step = NUMBERED.matcher(text);
    while (step.find()) {
      begins.add(step.start());
    }
    Matcher answer = ANSWER.matcher(text);
    if (answer.find(begins.get(begins.size() - 1))) {
      begins.add(answer.start());
    }
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < begins.size(); i++) {
      int end = i + 1 < begins.size() ? begins.get(i + 1) : text.length();
      spans.add(Span.of(text, begins.get(i), end));
    }
    return spans;
  }

  private static List<Span> lines(CharSequence text) {
    List<Span> spans = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        Span line = Span.of(text, begin, i);
        if (!TAG.matcher(text).region(line.begin(), line.end()).matches()) {
          spans.add(line);
        }
        begin = i + 1;
      }
    }
    return spans;
  }

  /**
   * The tokens of each step. A token belongs to the step that its first character lies in; the
   * separator after a step belongs to that step, and end of text (a token without text) to the
   * last. Tokens before the first step belong to none.
   *
   * @param tokens places of the completion's tokens in its text, in order
   * @param starts offset in the completion's text at which each step begins, in order
   * @return one span per step; empty (begin = end) for a step in which no token begins
   */
  public static List<StepSpan> spans(TokenSpans tokens, List<Integer> starts) {
    List<StepSpan> spans = new ArrayList<>();
    int token = 0;
    for (int step = 0; step < starts.size(); step++) {
      // A token that begins before the first step but reaches into it is the first step's.
      while (token < tokens.size()
          && tokens.begins()[token] < starts.get(step)
          && !(step == 0 && tokens.ends()[token] > starts.get(0))) {
        token++;
      }
      int begin = token;
      boolean last = step + 1 == starts.size();
      while (token < tokens.size() && (last || tokens.begins()[token] < starts.get(step + 1))) {
        token++;
      }
      spans.add(new StepSpan(begin, token));
    }
    return List.copyOf(spans);
  }
}
