package dev.sluice.methods.task;

import dev.sluice.methods.text.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The verdict on each step in a reply in words. Read are, with any emphasis:
 *
 * <ul>
 *   <li>lines of a step: {@code Step 1: Correct}, {@code Step 1 - Incorrect}, {@code Step 1 is
 *       correct.}, {@code Step 1: \boxed{Correct}}, {@code Step 1: ✅};
 *   <li>parts that begin with {@code Step 1:} or a heading {@code ## Step 1}, in which a sentence
 *       in bold or a line of its own says {@code This step is correct.}, or a line {@code Verdict:
 *       Correct}, {@code \boxed{Correct}} or {@code Correct} alone;
 *   <li>where there are none of those, lines {@code 1. Correct}; else rows of a table, {@code | 1 |
 *       … | Correct |}; else JSON, {@code [{"step": 1, "correct": true}]}.
 * </ul>
 *
 * A judge weighs before it decides, so the last verdict on a step counts, a list after the analyses
 * included. Sentences of several steps ("steps 1 to 3 are correct") and words within a sentence are
 * no verdicts: they are as often part of an argument.
 */
final class WrittenVerdicts {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final String WORD =
      "(?<word>(?:correct|incorrect|not correct|right|wrong)(?![\\p{L}\\p{N}])|[✅✓✔❌✗✘])";

  /** Possessive, so that a rule of a thousand dashes is looked at once and not in every split. */
  private static final String SIGNS = "[^\\p{L}\\p{N}✅✓✔❌✗✘\\\\]*+";

  private static final String BOXED = "(?:\\\\boxed\\{(?:\\\\(?:text|textbf|mathrm)\\{)?)?";
  private static final String ALONE =
      SIGNS + "(?:\\\\[(\\[])?" + BOXED + SIGNS + WORD + SIGNS + "(?:\\\\[)\\]])?" + SIGNS;
  private static final String STEP =
      "[ \\t>]*(?:[-*+][ \\t]+)?(?<mark>#{1,6}[ \\t]*)?(?<bold>[*_]{1,3})?step[ \\t]+(?<step>\\d{1,6})(?!\\p{N})";

  private static final Pattern STATEMENT =
      Pattern.compile(STEP + SIGNS + "(?:is(?!\\p{L}))?" + ALONE, FLAGS);
  private static final Pattern HEADING =
      Pattern.compile(STEP + "[*_]{0,3}[ \\t]*(?<end>:|[-–—.)]|$)(?<rest>.*)", FLAGS);
  private static final Pattern SENTENCE =
      Pattern.compile("(?:\\*\\*|__)(?:this|the) step is " + WORD + "[.!]?(?:\\*\\*|__)", FLAGS);
  private static final Pattern LINE =
      Pattern.compile(
          SIGNS
              + "(?:(?:this|the) step is|(?:verdict|judge?ment|assessment|label)(?!\\p{L}))?"
              + ALONE,
          FLAGS);

  /** What follows is about the whole. */
  private static final Pattern CLOSING =
      Pattern.compile(
          SIGNS
              + "(?:overall|final|finally|verification|summary|in summary|conclusion|in conclusion)(?!\\p{L}).*",
          FLAGS);

  private static final Pattern NUMBERED =
      Pattern.compile("[ \\t>*_-]*(?<step>\\d{1,6})[*_]*[ \\t]*[.):-]" + ALONE, FLAGS);
  private static final Pattern ROW =
      Pattern.compile(
          "[ \\t]*\\|[ \\t*_]*(?:step[ \\t]*)?(?<step>\\d{1,6})[ \\t*_]*\\|(?:.*\\|)?"
              + ALONE.replace(SIGNS, "[^\\p{L}\\p{N}✅✓✔❌✗✘\\\\|]*+")
              + "\\|?[ \\t]*",
          FLAGS);
  private static final Pattern OBJECT =
      Pattern.compile(
          "\\{(?=[^{}]*\"step\"\\s*:\\s*\"?(?<step>\\d{1,6})\"?\\s*[,}])"
              + "(?=[^{}]*\"(?:correct|is_correct|verdict|label|judge?ment)\"\\s*:\\s*\"?(?<word>true|false|correct|incorrect|right|wrong)\"?\\s*[,}])"
              + "[^{}]*\\}",
          FLAGS);

  private final List<Boolean> verdicts = new ArrayList<>();
  private boolean gap;

  private WrittenVerdicts() {}

  /**
   * The verdicts on steps that are counted from 1 without a gap; another numbering is no vote.
   *
   * @param reply what was said after a thought
   */
  static Optional<List<Boolean>> read(CharSequence reply) {
    WrittenVerdicts read = new WrittenVerdicts();
    List<CharSequence> lines = Chars.lines(reply);
    read.parts(lines);
    for (Pattern line : List.of(NUMBERED, ROW)) {
      if (read.isEmpty()) {
        lines.stream().map(line::matcher).filter(Matcher::matches).forEach(read::say);
      }
    }
    if (read.isEmpty()) {
      Matcher object = OBJECT.matcher(reply);
      while (object.find()) {
        read.say(object);
      }
    }
    return read.isEmpty() || read.gap ? Optional.empty() : Optional.of(List.copyOf(read.verdicts));
  }

  private boolean isEmpty() {
    return verdicts.isEmpty() && !gap;
  }

  private void parts(List<CharSequence> lines) {
    int step = 0;
    boolean closing = false;
    for (CharSequence line : lines) {
      Matcher statement = STATEMENT.matcher(line);
      Matcher heading = HEADING.matcher(line);
      if (statement.matches()) {
        step = Integer.parseInt(statement.group("step"));
        closing = false;
        say(statement);
      } else if (heading.matches() && begins(heading)) {
        step = Integer.parseInt(heading.group("step"));
        closing = false;
        sentences(step, line.subSequence(heading.start("rest"), line.length()));
      } else if (step > 0) {
        closing |= CLOSING.matcher(line).matches();
        Matcher alone = LINE.matcher(line);
        if (!closing && alone.matches()) {
          say(step, alone.group("word"));
        } else {
          sentences(step, line);
        }
      }
    }
  }

  /**
   * In prose a line may begin "Step 1 - as said - ...": without a mark only a colon begins a part.
   */
  private static boolean begins(Matcher heading) {
    boolean marked = heading.group("mark") != null || heading.group("bold") != null;
    String end = heading.group("end");
    return marked || end.equals(":") || end.isEmpty();
  }

  private void sentences(int step, CharSequence text) {
    Matcher sentence = SENTENCE.matcher(text);
    while (sentence.find()) {
      say(step, sentence.group("word"));
    }
  }

  private void say(Matcher found) {
    say(Integer.parseInt(found.group("step")), found.group("word"));
  }

  private void say(int step, String word) {
    boolean correct =
        List.of("correct", "right", "true", "✅", "✓", "✔").contains(word.toLowerCase(Locale.ROOT));
    if (step == verdicts.size() + 1) {
      verdicts.add(correct);
    } else if (step >= 1 && step <= verdicts.size()) {
      verdicts.set(step - 1, correct);
    } else {
      gap = true;
    }
  }
}
