package dev.sluice.methods.reply;

import dev.sluice.methods.text.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads verdicts out of {@code \boxed{}} and single words. */
final class Boxes {
  private static final Pattern BOX = Pattern.compile("\\\\boxed\\s*+\\{([^{}]*+)\\}");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final Pattern INDEX = Pattern.compile("-?\\d{1,6}");

  private Boxes() {}

  /** What comes after the last place of a mark; nothing if there is none. */
  static CharSequence after(CharSequence reply, String mark) {
    // The closing tag ends in the mark as well.
    int end = Chars.lastIndexOf(reply, "</" + mark);
    int at = Chars.lastIndexOf(reply, mark, end < 0 ? reply.length() : end);
    return at < 0 ? "" : reply.subSequence(at + mark.length(), end < 0 ? reply.length() : end);
  }

  /** What the last box holds, without the blanks around it. */
  static Optional<String> last(CharSequence text) {
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

  /** The verdicts of all boxes that hold one, in order; boxes with other contents are left out. */
  static List<Boolean> words(CharSequence text) {
    List<Boolean> verdicts = new ArrayList<>();
    Matcher box = BOX.matcher(text);
    while (box.find()) {
      YesNo.PLAIN.of(content(text, box.start(1), box.end(1))).ifPresent(verdicts::add);
    }
    return List.copyOf(verdicts);
  }

  /** The first verdict in a box after each mark; marks without one are left out. */
  static List<Boolean> marked(CharSequence text, String sign) {
    List<Boolean> verdicts = new ArrayList<>();
    int mark = Chars.indexOf(text, sign, 0);
    while (mark >= 0) {
      int next = Chars.indexOf(text, sign, mark + sign.length());
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

  /** The first word of a reply; empty if it has none. */
  static Optional<String> firstWord(CharSequence reply) {
    Matcher word = WORD.matcher(reply);
    return word.find() ? Optional.of(word.group()) : Optional.empty();
  }

  /**
   * Verdicts from the index of the first wrong step; empty if there is no such step.
   *
   * @param from index of the first step
   * @param none index that says that no step is wrong
   */
  static Optional<List<Boolean>> index(CharSequence reply, int steps, int from, int none) {
    return last(reply).flatMap(text -> fromIndex(text, steps, from, none));
  }

  /** The same of the text of an index. */
  static Optional<List<Boolean>> fromIndex(@Nullable String text, int steps, int from, int none) {
    if (text == null || !INDEX.matcher(text).matches()) {
      return Optional.empty();
    }
    int said = Integer.parseInt(text);
    int first = said == none ? -1 : said - from;
    if (steps == 0 || first >= steps || (first < 0 && said != none)) {
      return Optional.empty();
    }
    List<Boolean> verdicts = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      verdicts.add(first < 0 || i < first);
    }
    return Optional.of(List.copyOf(verdicts));
  }
}
