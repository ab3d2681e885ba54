package dev.sluice.stages.answers;

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
  private static final Pattern ANNOUNCEMENT =
      Pattern.compile(
          "(?im)(?:^[\\s>*_#\\p{So}\\p{Sk}\\ufe0f]*(?:the[ \\t]+)?(?:final[ \\t]+)?answer[ \\t*_`]*[:=]|^[ \\t*_]*A:"
              + "|\\bfinal[ \\t]+answer[ \\t*_`]*(?:is|:|=)?"
              + "|\\b(?:the[ \\t]+|so[ \\t]+)?(?:correct[ \\t]+)?answer[ \\t*_`]*(?:is|equals|=)[ \\t]*:?)[ \\t]*([^\\n]{0,600}(?:\\n[ \\t]*(?:\\$\\$|\\\\\\[)[^\\n]{0,600}(?:\\n[^\\n]{1,600}){0,2})?)");

  private static final Pattern BEGINS_WITH_BOX = Pattern.compile("[$\\s]*\\\\boxed\\b");

  /** From the end: more of them in one reply are a loop. */
  private static final int MOST_ANNOUNCEMENTS = 50;

  /** Longest reply that is looked at, from its end. */
  private static final int MOST_LENGTH = 50_000;

  private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*>>");
  private static final Pattern LAST_NUMBER =
      Pattern.compile(
          "(?<![\\w.,])[-\u2212]?\\\\?[$\u20ac\u00a3]?[-\u2212]?(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|\\.\\d+)(?:/\\d+)?%?(?![\\w])");

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
  public static Optional<String> read(String reply, String question) {
    String end = reply.substring(Math.max(0, reply.length() - MOST_LENGTH));
    String text = ANNOTATION.matcher(end).replaceAll("");
    String boxed = Boxes.last(text, question);
    if (!boxed.isEmpty()) {
      return Optional.of(boxed);
    }
    Optional<String> tagged = tagged(text);
    if (tagged.isPresent()) {
      return tagged.map(AnswerReader::unboxed);
    }
    Optional<String> hashes = last(HASHES, text);
    if (hashes.isPresent()) {
      return hashes.map(AnswerReader::unboxed);
    }
    String answer = announced(text);
    return answer.isEmpty() ? atTheEnd(text) : Optional.of(unboxed(answer));
  }

  /** What the box holds that an answer begins with; the answer if it begins with none. */
  private static String unboxed(String answer) {
    String boxed = BEGINS_WITH_BOX.matcher(answer).lookingAt() ? Boxes.last(answer, "") : "";
    return boxed.isEmpty() ? answer : boxed;
  }

  /**
   * The last number, or the last box that only repeats one of the question where no number follows
   * it: a question may say "\boxed{A} or \boxed{B}".
   */
  private static Optional<String> atTheEnd(String text) {
    String quoted = Boxes.last(text, "");
    Optional<String> after =
        quoted.isEmpty()
            ? Optional.empty()
            : lastNumber(text.substring(text.lastIndexOf(quoted) + quoted.length()));
    return quoted.isEmpty() ? lastNumber(text) : Optional.of(after.orElse(quoted));
  }

  /** What the last tags hold that are not empty. */
  private static Optional<String> tagged(String text) {
    Matcher tag = TAG.matcher(text);
    int open = -1;
    String last = "";
    while (tag.find()) {
      if (tag.group(1).isEmpty()) {
        open = tag.end();
      } else if (open >= 0) {
        String found = tidy(text.substring(open, tag.start()));
        last = found.isEmpty() ? last : found;
        open = -1;
      }
    }
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  /** The last announcement that carries a value; empty text if none does. */
  private static String announced(String text) {
    Matcher announcement = ANNOUNCEMENT.matcher(text);
    Deque<Integer> places = new ArrayDeque<>();
    int from = 0;
    while (from <= text.length() && announcement.find(from)) {
      places.push(announcement.start());
      if (places.size() > MOST_ANNOUNCEMENTS) {
        int unused = places.removeLast();
      }
      // "The final answer: the answer is 5" announces twice.
      from = Math.max(announcement.start(1), announcement.start() + 1);
    }
    for (int place : places) {
      if (announcement.find(place)) {
        String found = tidy(announcement.group(1));
        if (carriesValue(found)) {
          return found;
        }
      }
    }
    return "";
  }

  private static Optional<String> last(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    String last = "";
    while (matcher.find()) {
      String found = tidy(matcher.group(1));
      last = found.isEmpty() ? last : found;
    }
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  private static boolean carriesValue(String found) {
    if (found.isEmpty()) {
      return false;
    }
    String first = found.split("[\\s.,;:!]+", 2)[0].toLowerCase(Locale.ROOT);
    return !EMPTY_WORDS.contains(first) && !first.isEmpty();
  }

  /** Without emphasis, quotes, ticks, emoji and clauses that follow the value. */
  private static String tidy(String found) {
    String text = found.strip();
    text = text.replaceAll("\\*\\*|__|`|[\u201c\u201d\"]", "");
    text = text.replaceAll("[\\p{So}\\x{1F000}-\\x{1FAFF}\\ufe0f\\u2705\\u2714]", "");
    text = text.replaceAll("</?[a-zA-Z]+>", "").strip();
    text = text.replaceFirst("^[:=\\s]+", "");
    text = clause(text);
    text = text.replaceFirst("^\\*+|\\*+$", "").strip();
    text = text.replaceFirst("(?<!\\.)[.!;,]+$", "").strip();
    return text.replaceFirst("\\*+$", "").strip();
  }

  /** Up to the clause that explains: ", which is ...", ". I hope ...", " because ...". */
  private static String clause(String text) {
    Matcher end =
        Pattern.compile(
                "(?is),?\\s+(?:which|because|since|where|as (?:required|desired)|so that|i hope)\\b.*"
                    + "|(?<=[\\d\\w$})\\]%])[.!](?=\\s+[A-Z\\p{L}]).*"
                    + "|\\n\\s*\\n.*")
            .matcher(text);
    return end.find() ? text.substring(0, end.start()).strip() : text;
  }

  private static Optional<String> lastNumber(String text) {
    Matcher number = LAST_NUMBER.matcher(text);
    String last = "";
    while (number.find()) {
      last = number.group();
    }
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }
}
