package dev.sluice.methods.prompt;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Steps with their numbers, from 1, whether or not they carried numbers before. */
final class Numbered {
  private static final Pattern NUMBER =
      Pattern.compile("(?i)^(?:#{1,4}\\s*)?(?:\\*\\*)?step\\s++\\d++\\s*+[:.)](?:\\*\\*)?\\s*");

  private Numbered() {}

  static String steps(List<? extends CharSequence> steps) {
    return IntStream.range(0, steps.size())
        .mapToObj(i -> "Step " + (i + 1) + ": " + NUMBER.matcher(steps.get(i)).replaceFirst(""))
        .collect(Collectors.joining("\n"));
  }

  /** In ProcessBench's form, counted from 0. */
  static String paragraphs(List<String> steps) {
    return IntStream.range(0, steps.size())
        .mapToObj(i -> "<paragraph_%d>\n%s\n</paragraph_%d>".formatted(i, steps.get(i), i))
        .collect(Collectors.joining("\n\n"));
  }
}
