package dev.sluice.methods.reply;

import dev.sluice.methods.text.Chars;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A number in a range. */
@Kind(
    value = "score",
    doc =
        "A number in the last `\\boxed{}`, or the first number after the last occurrence of `after`. The solution counts as correct if the number is at least `accept`.")
@Method(
    name = "Score in a range",
    formula = "score = (x - min) / (max - min); outcome = (x >= accept)")
@CanRead({Reads.SCORE, Reads.OUTCOME})
public record ScoreReply(
    @Key(value = "Lowest score.", byDefault = "0") double min,
    @Key(value = "Highest score.", byDefault = "10") double max,
    @Key("Lowest score of a correct solution. Default: the middle of the range.")
        @Nullable Double accept,
    @Key("Text before the number, such as `Score:`. Default: only a `\\boxed{}` is read.")
        @Nullable String after)
    implements ReplyParser {

  /** Longer numbers are none. */
  private static final int MAX_DIGITS = 30;

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, objection());
  }

  private String objection() {
    if (!(min < max) || !Double.isFinite(max - min)) {
      return "'min' is %s and 'max' %s; a range goes from a number to a greater one"
          .formatted(min, max);
    }
    return accept == null || (accept >= min && accept <= max)
        ? ""
        : "'accept' is %s, which is not from %s to %s".formatted(accept, min, max);
  }

  @Override
  public Reading read(CharSequence reply, int steps) {
    OptionalDouble found = Boxes.last(reply).map(ScoreReply::number).orElse(OptionalDouble.empty());
    if (found.isEmpty() && after != null && !after.isEmpty()) {
      int at = Chars.lastIndexOf(reply, after);
      found = at < 0 ? found : first(reply, at + after.length());
    }
    if (found.isEmpty() || found.getAsDouble() < min || found.getAsDouble() > max) {
      return Reading.NOTHING;
    }
    double value = found.getAsDouble();
    double least = accept == null ? (min + max) / 2 : accept;
    return Reading.outcome(Optional.of(value >= least))
        .withScore(OptionalDouble.of((value - min) / (max - min)));
  }

  /** A whole text as a number. */
  private static OptionalDouble number(String text) {
    int end = end(text, 0);
    return end == text.length() && end > 0
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** The first number from a place on, in the same line. */
  private static OptionalDouble first(CharSequence text, int from) {
    for (int i = from; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (Chars.isDigit(c) || c == '-') {
        int end = end(text, i);
        return end > i
            ? OptionalDouble.of(Double.parseDouble(text.subSequence(i, end).toString()))
            : OptionalDouble.empty();
      }
    }
    return OptionalDouble.empty();
  }

  /** Where a number that begins at a place ends; the place itself if none begins there. */
  private static int end(CharSequence text, int from) {
    int at = from < text.length() && text.charAt(from) == '-' ? from + 1 : from;
    int whole = digits(text, at);
    if (whole == at) {
      return from;
    }
    int point = whole < text.length() && text.charAt(whole) == '.' ? digits(text, whole + 1) : 0;
    int end = point > whole + 1 ? point : whole;
    return end - from > MAX_DIGITS ? from : end;
  }

  private static int digits(CharSequence text, int from) {
    int i = from;
    while (i < text.length() && Chars.isDigit(text.charAt(i)) && i - from <= MAX_DIGITS) {
      i++;
    }
    return i;
  }
}
