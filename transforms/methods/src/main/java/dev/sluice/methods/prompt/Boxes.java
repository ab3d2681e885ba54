package dev.sluice.methods.prompt;

import dev.sluice.methods.text.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads verdicts out of {@code \boxed{}} and single words. */
final class Boxes {
  private static final Pattern BOX = Pattern.compile("\\\\boxed\\s*+\\{([^{}]*+)\\}");
  private static final String JUDGEMENT = "Judgement";
  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final Set<String> YES = Set.of("yes", "correct", "1", "1.0");
  private static final Set<String> NO = Set.of("no", "incorrect", "0", "0.0");
  private static final Pattern INDEX = Pattern.compile("-?\\d{1,6}");

  private Boxes() {}

  /** What comes after the last place of a mark; nothing if there is none. */
  static CharSequence after(CharSequence reply, String mark) {
    // The closing tag ends in the mark as well.
    int end = Chars.lastIndexOf(reply, "</" + mark);
    int at = Chars.lastIndexOf(reply, mark, end < 0 ? reply.length() : end);
    return at < 0 ? "" : reply.subSequence(at + mark.length(), end < 0 ? reply.length() : end);
  }

  private static Optional<String> last(CharSequence text) {
    Matcher box = BOX.matcher(text);
    int begin = -1;
    int end = -1;
    while (box.find()) {
      begin = box.start(1);
      end = box.end(1);
    }
    return begin < 0 ? Optional.empty() : Optional.of(content(text, begin, end));
  }

  /** What a box holds, without the blanks around it. */
  private static String content(CharSequence text, int begin, int end) {
    CharSequence content = text.subSequence(begin, end);
    int last = Chars.skipBlanksBack(content, content.length());
    int first = Math.min(last, Chars.skipBlanks(content, 0));
    return content.subSequence(first, last).toString();
  }

  /** Yes or no in the last box; empty if it says neither. */
  static Optional<Boolean> word(CharSequence text) {
    return last(text).map(word -> word.toLowerCase(Locale.ROOT)).flatMap(Boxes::truth);
  }

  /** The verdicts of all boxes that hold one, in order; boxes with other contents are left out. */
  static List<Boolean> words(CharSequence text) {
    List<Boolean> verdicts = new ArrayList<>();
    Matcher box = BOX.matcher(text);
    while (box.find()) {
      truth(content(text, box.start(1), box.end(1)).toLowerCase(Locale.ROOT))
          .ifPresent(verdicts::add);
    }
    return List.copyOf(verdicts);
  }

  /**
   * The first verdict in a box after each mark {@code Judgement}; marks without one are left out.
   */
  static List<Boolean> judgements(CharSequence text) {
    List<Boolean> verdicts = new ArrayList<>();
    int mark = Chars.indexOf(text, JUDGEMENT, 0);
    while (mark >= 0) {
      int next = Chars.indexOf(text, JUDGEMENT, mark + JUDGEMENT.length());
      CharSequence part = text.subSequence(mark, next < 0 ? text.length() : next);
      words(part).stream().limit(1).forEach(verdicts::add);
      mark = next;
    }
    return List.copyOf(verdicts);
  }

  /**
   * The verdict on each step from verdicts that end at the first wrong one: what follows it is
   * wrong. Empty if there is no verdict, or none is wrong and they are not as many as the steps.
   */
  static Optional<List<Boolean>> upToFirstError(List<Boolean> verdicts, int steps) {
    int first = verdicts.indexOf(false);
    int count = first < 0 ? verdicts.size() : steps;
    if (verdicts.isEmpty() || count != steps || first >= steps || verdicts.size() > steps) {
      return Optional.empty();
    }
    List<Boolean> all = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      all.add(first < 0 || i < first);
    }
    return Optional.of(List.copyOf(all));
  }

  private static Optional<Boolean> truth(String word) {
    return YES.contains(word)
        ? Optional.of(true)
        : NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** Yes or no as the first word of a reply; empty if it is neither. */
  static Optional<Boolean> firstWord(CharSequence reply) {
    Matcher word = WORD.matcher(reply);
    return word.find() ? truth(word.group().toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  /**
   * Verdicts from the index of the first wrong step, -1 for none; empty if there is no such step.
   */
  static Optional<List<Boolean>> index(CharSequence reply, int steps) {
    Optional<String> text = last(reply).filter(box -> INDEX.matcher(box).matches());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(text.get());
    if (first < -1 || first >= steps || steps == 0) {
      return Optional.empty();
    }
    List<Boolean> verdicts = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      verdicts.add(first < 0 || i < first);
    }
    return Optional.of(List.copyOf(verdicts));
  }
}
