package dev.sluice.methods.answers;

import dev.sluice.methods.text.Chars;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The final answer of a reply. Rules in order; one that matches nothing usable falls through to the
 * next: the last box; {@code <answer>}; {@code ####}; a line or sentence that announces an answer,
 * the last one that carries a value; the number that ends the text.
 */
public final class AnswerReader {
  private static final Pattern TAG = Pattern.compile("(?i)<(/?)answer>");
  private static final Pattern HASHES = Pattern.compile("####[ \\t]*([^\\n]+)");
  private static final Pattern BEGINS_WITH_BOX = Pattern.compile("[$\\s]*\\\\boxed\\b");

  /** Longest box whose last repetition is looked for. */
  private static final int MAX_REPEATED = 60;

  /** Longest reply that is looked at, from its end. */
  private static final int MAX_LENGTH = 50_000;

  private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*+>>");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.,])[-\u2212]?\\\\?[$\u20ac\u00a3]?[-\u2212]?(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d++)?|\\d++(?:\\.\\d++)?|\\.\\d++)(?:/\\d++)?%?(?![\\w])");

  /** What may be before the first digit of a number: two minus signs, a currency, a point. */
  private static final String SIGNS = "-\u2212\\$\u20ac\u00a3.";

  private static final int MAX_SIGNS = 5;

  /** Words after "the answer is" that give none. */
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "consistent",
          "correct",
          "clear",
          "right",
          "wrong",
          "incorrect",
          "reasonable",
          "valid",
          "verified",
          "confirmed",
          "known",
          "obvious",
          "unique",
          "below",
          "above",
          "therefore",
          "thus",
          "so",
          "then",
          "not",
          "in",
          "a",
          "an",
          "as",
          "to",
          "found",
          "given",
          "simply",
          "that",
          "what",
          "it",
          "this",
          "now",
          "also",
          "indeed",
          "helpful",
          "good",
          "fine",
          "accurate");

  private AnswerReader() {}

  /**
   * The final answer as it is written there; empty if there is none.
   *
   * @param question boxes and answers that it holds as well are quotations; empty: unknown
   */
  public static Optional<String> read(CharSequence reply, CharSequence question) {
    CharSequence text = withoutAnnotations(end(reply));
    String boxed = BoxedText.last(text, end(question));
    if (!boxed.isEmpty()) {
      return Optional.of(boxed);
    }
    Optional<String> tagged = tagged(text);
    if (tagged.isPresent()) {
      return tagged.map(AnswerReader::unboxed);
    }
    Optional<String> hashes = hashes(text);
    if (hashes.isPresent()) {
      return hashes.map(AnswerReader::unboxed);
    }
    String answer = Announcements.last(text, AnswerReader::carriesValue);
    return answer.isEmpty() ? atTheEnd(text, question) : Optional.of(unboxed(answer));
  }

  private static CharSequence end(CharSequence text) {
    return text.subSequence(Math.max(0, text.length() - MAX_LENGTH), text.length());
  }

  private static CharSequence withoutAnnotations(CharSequence text) {
    Matcher annotation = ANNOTATION.matcher(text);
    return annotation.find() ? annotation.replaceAll("") : text;
  }

  /** What the box holds that an answer begins with; the answer if it begins with none. */
  private static String unboxed(String answer) {
    String boxed = BEGINS_WITH_BOX.matcher(answer).lookingAt() ? BoxedText.last(answer, "") : "";
    return boxed.isEmpty() ? answer : boxed;
  }

  /**
   * The last number, or the last box that only repeats one of the question where no number follows
   * it: a question may say "\boxed{A} or \boxed{B}".
   */
  private static Optional<String> atTheEnd(CharSequence text, CharSequence question) {
    String quoted = question.length() == 0 ? "" : BoxedText.last(text, "");
    if (quoted.isEmpty()) {
      return lastNumber(text);
    }
    String searched = quoted.substring(Math.max(0, quoted.length() - MAX_REPEATED));
    int end = Chars.lastIndexOf(text, searched) + searched.length();
    return Optional.of(lastNumber(text.subSequence(end, text.length())).orElse(quoted));
  }

  /** What the last tags hold that are not empty. */
  private static Optional<String> tagged(CharSequence text) {
    Matcher tag = TAG.matcher(text);
    Deque<CharSequence> found = new ArrayDeque<>();
    int open = -1;
    while (tag.find()) {
      if (tag.start(1) == tag.end(1)) {
        open = tag.end();
      } else if (open >= 0) {
        found.push(text.subSequence(open, tag.start()));
        open = -1;
      }
    }
    return firstTidied(found);
  }

  private static Optional<String> hashes(CharSequence text) {
    Matcher hashes = HASHES.matcher(text);
    Deque<CharSequence> found = new ArrayDeque<>();
    while (hashes.find()) {
      found.push(text.subSequence(hashes.start(1), hashes.end(1)));
    }
    return firstTidied(found);
  }

  private static Optional<String> firstTidied(Deque<CharSequence> found) {
    return found.stream().map(AnswerTidier::tidy).filter(text -> !text.isEmpty()).findFirst();
  }

  private static boolean carriesValue(String found) {
    if (found.isEmpty()) {
      return false;
    }
    String first = found.split("[\\s.,;:!]+", 2)[0].toLowerCase(Locale.ROOT);
    return !EMPTY_WORDS.contains(first) && !first.isEmpty();
  }

  private static Optional<String> lastNumber(CharSequence text) {
    Matcher number = NUMBER.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    int begin = -1;
    int end = 0;
    int i = 0;
    while (i < text.length()) {
      if (!Chars.isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = signsBefore(text, i, end);
      while (start <= i && !number.region(start, text.length()).lookingAt()) {
        start++;
      }
      if (start <= i) {
        begin = start;
        end = number.end();
        i = end;
      } else {
        i = Chars.skip(text, i, "0123456789");
      }
    }
    return begin < 0 ? Optional.empty() : Optional.of(text.subSequence(begin, end).toString());
  }

  /** Where the signs begin that may belong to a number. */
  private static int signsBefore(CharSequence text, int digit, int from) {
    int least = Math.max(from, digit - MAX_SIGNS);
    int i = digit;
    while (i > least && SIGNS.indexOf(text.charAt(i - 1)) >= 0) {
      i--;
    }
    return i;
  }
}
