package dev.sluice.methods.testing;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Checks that a reader's work grows with the length of a text, whatever a model repeats in it. */
public final class LinearReads {
  /** How often a character may be looked at. */
  private static final int MAX_READS = 20;

  private static final int KIB = 1 << 10;
  private static final int SHORT = 16 * KIB;
  private static final int MEDIUM = 256 * KIB;
  private static final int LONG = 1024 * KIB;

  private LinearReads() {}

  /**
   * Reads texts that are made of marks: in 16 KiB each mark in many surroundings and each pair of
   * marks, where squared work is hundreds of times what is allowed; in 256 KiB and 1 MiB those that
   * overflow a stack as well.
   *
   * @param marks that the reader looks for; what opens something is followed by what closes it
   */
  public static void check(Function<CharSequence, ?> reader, List<String> marks) {
    check(reader, marks, 1);
  }

  /**
   * The same for one that puts several readers together.
   *
   * @param readers how many
   */
  public static void check(Function<CharSequence, ?> reader, List<String> marks, int readers) {
    for (int i = 0; i < marks.size(); i++) {
      String mark = marks.get(i);
      String next = marks.get((i + 1) % marks.size());
      checkAll(reader, surrounded(mark), mark, readers);
      checkAll(reader, together(mark, next, MEDIUM), mark + "' and '" + next, readers);
      checkAll(reader, nested(mark, next, LONG), mark + "' and '" + next, readers);
      for (String other : marks) {
        checkAll(reader, together(mark, other, SHORT), mark + "' and '" + other, readers);
      }
    }
  }

  private static void checkAll(
      Function<CharSequence, ?> reader, Map<String, String> texts, String marks, int readers) {
    texts.forEach((form, text) -> check(reader, text, form, marks, readers));
  }

  private static void check(
      Function<CharSequence, ?> reader, String text, String form, String marks, int readers) {
    CountedText counted = CountedText.of(text, (long) readers * MAX_READS * text.length());
    assertThatCode(() -> reader.apply(counted))
        .as("%s '%s', %d characters", form, marks.replace("\n", "\\n"), text.length())
        .doesNotThrowAnyException();
  }

  private static Map<String, String> surrounded(String mark) {
    int length = SHORT;
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("repeated", fill(mark, length));
    texts.put("with a blank", fill(mark + " ", length));
    texts.put("with many blanks", fill(mark + " ".repeat(500), length));
    texts.put("with a newline", fill(mark + "\n", length));
    texts.put("with many newlines", fill(mark + "\n".repeat(500), length));
    texts.put("with blank lines", fill(mark + " \n".repeat(500), length));
    texts.put("with a number", fill(mark + " 1", length));
    texts.put("with a word", fill(mark + "word ", length));
    texts.put("before blanks", mark + fill(" ", length));
    texts.put("before blanks that end", mark + fill(" ", length) + "x");
    texts.put("before newlines that end", mark + fill("\n", length) + "x");
    texts.put("behind blanks", fill(" ", length) + mark);
    texts.put("behind newlines", fill("\n", length) + mark);
    texts.put("before digits", mark + fill("1", length) + "x");
    texts.put("before letters", mark + fill("a", length));
    texts.put("behind digits", fill("1", length) + mark);
    texts.put("behind letters", fill("a", length) + mark);
    return texts;
  }

  private static Map<String, String> together(String first, String second, int length) {
    Map<String, String> texts = nested(first, second, length);
    texts.put("alternating", fill(first + second, length));
    texts.put("alternating around a blank", fill(first + " " + second + "\n", length));
    texts.put("nested around blanks", first + fill(" ", length) + second);
    texts.put("nested around newlines", first + fill("\n", length) + second);
    return texts;
  }

  private static Map<String, String> nested(String first, String second, int length) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("repeated", fill(first, length));
    texts.put("nested", fill(first, length / 2) + "1" + fill(second, length / 2));
    return texts;
  }

  private static String fill(String part, int length) {
    return part.repeat(Math.max(1, length / part.length()));
  }

  /** All marks of several lists. */
  public static List<String> marks(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }
}
