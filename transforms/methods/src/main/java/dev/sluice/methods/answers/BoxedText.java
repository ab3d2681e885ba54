package dev.sluice.methods.answers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code \boxed{}} holds. */
final class BoxedText {
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)\\s*+(?:\\{|(?=[-\\w]))");
  private static final Pattern WORD = Pattern.compile("[-\\w.,/]+");

  /** Longest box of a question that a reply may repeat. */
  private static final int MAX_QUOTATION = 500;

  private BoxedText() {}

  /**
   * A box.
   *
   * @param begin where its mark begins
   * @param from where its content begins
   * @param to where its content ends; before {@code from} if nothing closes it
   * @param end where it ends
   */
  private record Box(int begin, int from, int to, int end) {
    boolean isBlank(CharSequence text) {
      for (int i = from; i < to; i++) {
        if (!Character.isWhitespace(text.charAt(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * The content of the last box that is not empty; empty if there is none.
   *
   * @param question boxes that it holds as well are quotations
   */
  static String last(CharSequence text, CharSequence question) {
    List<Box> boxes = all(text);
    NavigableSet<String> quotable = new TreeSet<>();
    for (Box box : boxes.isEmpty() ? List.<Box>of() : all(question)) {
      if (box.end() - box.begin() <= MAX_QUOTATION) {
        quotable.add(question.subSequence(box.begin(), box.end()).toString());
      }
    }
    for (int i = boxes.size() - 1; i >= 0; i--) {
      Box box = boxes.get(i);
      if (!box.isBlank(text) && !isQuoted(text, box, quotable)) {
        return text.subSequence(box.from(), box.to()).toString().strip();
      }
    }
    return "";
  }

  private static boolean isQuoted(CharSequence text, Box box, NavigableSet<String> quotable) {
    if (quotable.isEmpty() || box.end() - box.begin() > MAX_QUOTATION) {
      return false;
    }
    // The beginning of a box without braces is a quotation as well.
    String whole = text.subSequence(box.begin(), box.end()).toString();
    String next = quotable.ceiling(whole);
    return next != null && next.startsWith(whole);
  }

  /** All boxes in the order in which they open, each brace looked at once. */
  private static List<Box> all(CharSequence text) {
    List<Box> boxes = new ArrayList<>();
    Matcher box = BOX.matcher(text);
    boolean braced = false;
    while (box.find()) {
      int end = box.end();
      if (text.charAt(end - 1) == '{') {
        boxes.add(new Box(box.start(), end, end - 1, end));
        braced = true;
      } else {
        Matcher word = WORD.matcher(text).region(end, text.length());
        int to = word.lookingAt() ? word.end() : end;
        boxes.add(new Box(box.start(), end, to, to));
      }
    }
    if (braced) {
      close(text, boxes);
    }
    return boxes;
  }

  /** Finds the brace that closes each box; escaped braces count for nothing. */
  private static void close(CharSequence text, List<Box> boxes) {
    // Of each open brace the box that it opens, or -1.
    Deque<Integer> open = new ArrayDeque<>();
    int next = 0;
    for (int i = boxes.get(0).begin(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        while (next < boxes.size() && boxes.get(next).from() <= i) {
          next++;
        }
        boolean opens = next < boxes.size() && boxes.get(next).from() == i + 1;
        open.push(opens ? next : -1);
      } else if (c == '}' && !open.isEmpty()) {
        int closed = open.pop();
        if (closed >= 0) {
          Box box = boxes.get(closed);
          boxes.set(closed, new Box(box.begin(), box.from(), i, i + 1));
        }
      }
    }
  }
}
