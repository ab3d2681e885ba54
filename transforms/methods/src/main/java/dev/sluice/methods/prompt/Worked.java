package dev.sluice.methods.prompt;

import java.util.List;

/**
 * A worked example.
 *
 * @param question the problem
 * @param steps its solution, a step an element, the answer left out
 * @param answer the answer that the solution states
 * @param firstError index of the first wrong step; -1 if all are right. What follows a wrong step
 *     is wrong as well, since it rests on it.
 */
record Worked(String question, List<String> steps, String answer, int firstError) {
  private static final int NONE = -1;

  static final List<Worked> SOLVED =
      List.of(
          new Worked(
              "A baker puts 6 rolls into a bag. She fills 4 bags, and 3 rolls are left. How many rolls did she bake?",
              List.of(
                  "4 bags of 6 rolls hold 4 * 6 = 24 rolls.",
                  "With the 3 that are left she baked 24 + 3 = 27 rolls."),
              "27",
              NONE),
          new Worked(
              "A ticket costs $8, and children pay half of it. How much do 2 adults and 3 children pay?",
              List.of(
                  "A child pays 8 / 2 = 4 dollars.",
                  "2 adults pay 2 * 8 = 16 dollars.",
                  "3 children pay 3 * 4 = 12 dollars.",
                  "Together they pay 16 + 12 = 28 dollars."),
              "28",
              NONE),
          new Worked(
              "Tom reads 15 pages a day. How many pages of a book of 100 pages are left after 4 days?",
              List.of("In 4 days he reads 4 * 15 = 60 pages.", "100 - 60 = 40 pages are left."),
              "40",
              NONE));

  /** One that is right, and one in which a slip goes on to the answer (METHODS 1.1). */
  static final List<Worked> JUDGED =
      List.of(
          SOLVED.get(0),
          new Worked(
              "A box holds 12 pens. A school buys 5 boxes and hands out 38 pens. How many pens are left?",
              List.of(
                  "The school buys 5 boxes with 12 pens each.",
                  "5 boxes hold 5 * 12 = 50 pens.",
                  "After handing out 38 pens, 50 - 38 = 12 pens are left."),
              "12",
              1));

  /** Steps and the answer as the last of them. */
  List<String> lines() {
    return java.util.stream.Stream.concat(
            steps.stream(), java.util.stream.Stream.of("Answer: " + answer))
        .toList();
  }

  /** Whether a line of {@link #lines} is right. */
  boolean right(int line) {
    return firstError < 0 || line < firstError;
  }

  /** Whether all of it is right. */
  boolean right() {
    return firstError < 0;
  }
}
