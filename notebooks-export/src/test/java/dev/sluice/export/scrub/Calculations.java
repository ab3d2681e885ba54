package dev.sluice.export.scrub;

import dev.sluice.records.RandomStream;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts of mathematics, with numbers as long as those of cards and phones. */
final class Calculations {
  private static final String[] BEFORE = {
    "",
    "What is ",
    "Compute ",
    "So ",
    "#### ",
    "Answer: ",
    "x = ",
    "Let n be ",
    "= ",
    "$",
    "\\boxed{",
    "The sum is ",
    "we get: ",
    "(",
    "[",
    "\\[ ",
    "Q: ",
    "Number ",
    "1. ",
    "- ",
    "* "
  };

  private static final String[] AFTER = {
    "", "?", ".", " = ?", " = x", "$", "}", ")", "]", ", so", "\n", " apples", " \\]", "!", "%",
    "; then"
  };

  private static final String[] SIGNS = {
    "+",
    "-",
    "*",
    "/",
    " + ",
    " - ",
    " * ",
    " / ",
    "-",
    " -",
    " +",
    "^",
    "=",
    " = ",
    "<",
    " \\times ",
    " \\cdot ",
    "×",
    "÷",
    " x ",
    ":",
    " : ",
    ", ",
    ",",
    " & ",
    " \\\\ ",
    "; "
  };

  private Calculations() {}

  static String draw(RandomStream random) {
    Supplier<String> number = number(random);
    String text =
        switch (random.nextInt(8)) {
          case 0 ->
              "\\frac{%s}{%s} + \\sqrt[%s]{%s}"
                  .formatted(number.get(), number.get(), random.nextInt(9), number.get());
          case 1 -> row(number, " & ", 4) + " \\\\ " + row(number, " & ", 4);
          case 2 -> row(number, random.nextInt(2) == 0 ? ", " : ",", random.nextInt(2, 8));
          case 3 ->
              "x_{%s}^{%s} \\equiv %s \\pmod{%s}"
                  .formatted(number.get(), number.get(), number.get(), number.get());
          case 4 ->
              "<<%s*%s=%s>>%s".formatted(number.get(), number.get(), number.get(), number.get());
          default -> chain(random, number);
        };
    return pick(random, BEFORE) + text + pick(random, AFTER);
  }

  private static String chain(RandomStream random, Supplier<String> number) {
    String one = random.nextInt(2) == 0 ? pick(random, SIGNS) : null;
    StringBuilder chain = new StringBuilder(random.nextInt(5) == 0 ? "-" : "");
    chain.append(number.get());
    for (int i = random.nextInt(0, 6); i > 0; i--) {
      chain.append(one == null ? pick(random, SIGNS) : one).append(number.get());
    }
    return chain.toString();
  }

  private static String row(Supplier<String> number, String divider, int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> number.get())
        .collect(Collectors.joining(divider));
  }

  /** Numbers of one length or of any, some with a sign, a decimal part or thousands. */
  private static Supplier<String> number(RandomStream random) {
    int fixed = random.nextInt(3) == 0 ? random.nextInt(2, 17) : 0;
    int style = random.nextInt(5);
    return () -> {
      int length = fixed > 0 ? fixed : random.nextInt(1, 6) * random.nextInt(1, 3);
      StringBuilder digits = new StringBuilder().append(random.nextInt(1, 9));
      while (digits.length() < length) {
        digits.append(random.nextInt(10));
      }
      return switch (style) {
        case 0 -> digits + "." + random.nextInt(1000);
        case 1 -> digits.toString().replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
        case 2 -> (random.nextInt(2) == 0 ? "-" : "") + digits;
        default -> digits.toString();
      };
    };
  }

  private static String pick(RandomStream random, String[] from) {
    return from[random.nextInt(from.length)];
  }
}
