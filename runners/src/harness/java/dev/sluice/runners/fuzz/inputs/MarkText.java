package dev.sluice.runners.fuzz.inputs;

import java.util.List;

/** Text of the marks that a reader looks for, with other things between them. */
public final class MarkText {
  private static final int MAX_PIECES = 40;

  private final List<String> marks;

  public MarkText(List<String> marks) {
    this.marks = marks;
  }

  public String make(Draw draw) {
    if (draw.chance(0.004)) {
      return length(draw);
    }
    StringBuilder text = new StringBuilder();
    int pieces = draw.between(1, draw.chance(0.2) ? MAX_PIECES : 12);
    for (int i = 0; i < pieces; i++) {
      switch (draw.below(10)) {
        case 0 -> text.append(Odd.piece(draw));
        case 1 -> text.append(draw.between(-20, 200));
        case 2 -> text.append(draw.word(" ", "\n", "  ", "\n\n", "\t", " the ", " and "));
        default -> text.append(draw.of(marks));
      }
    }
    return draw.chance(0.03) ? text.toString().repeat(draw.between(2, 100)) : text.toString();
  }

  /** Where squared work and overflown stacks show: one or two marks, thousands of times. */
  private String length(Draw draw) {
    int length = draw.chance(0.1) ? Mutator.MAX_BYTES / 4 : 8 << 10;
    String one = draw.of(marks);
    String other = draw.chance(0.5) ? draw.of(marks) : Odd.piece(draw);
    int times = Math.max(1, length / Math.max(1, one.length() + other.length()));
    return switch (draw.below(4)) {
      case 0 -> (one + other).repeat(times);
      case 1 -> one.repeat(times) + "1" + other.repeat(times);
      case 2 -> one + other.repeat(times) + draw.of(marks);
      default -> other + one.repeat(times);
    };
  }
}
