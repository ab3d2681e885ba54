package dev.sluice.runners.proof.measure;

import dev.sluice.stages.evaluation.Interval;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure over seeds.
 *
 * @param mean mean over seeds
 * @param low the lowest seed's
 * @param high the highest seed's
 * @param seeds number of seeds
 * @param interval its 95 % interval; null where none was worked out
 */
public record Estimate(
    double mean, double low, double high, int seeds, @Nullable Interval interval) {

  /** The figure of the seeds' own; at least one. */
  public static Estimate over(double[] each, @Nullable Interval interval) {
    return new Estimate(
        Arrays.stream(each).average().orElseThrow(),
        Arrays.stream(each).min().orElseThrow(),
        Arrays.stream(each).max().orElseThrow(),
        each.length,
        interval);
  }

  /** The whole figure for a cell: mean, interval, and on a line of its own the range. */
  public String cell() {
    return brief() + (seeds > 1 ? "<br>" + range(number(low), number(high)) : "");
  }

  /** The same of a difference, with signs. */
  public String signedCell() {
    return signedBrief() + (seeds > 1 ? "<br>" + range(signed(low), signed(high)) : "");
  }

  /** Mean and interval. */
  public String brief() {
    return number(mean)
        + (interval == null
            ? ""
            : " (%s to %s)".formatted(number(interval.low()), number(interval.high())));
  }

  /** Mean and interval of a difference, with signs. */
  public String signedBrief() {
    return signed(mean)
        + (interval == null
            ? ""
            : " (%s to %s)".formatted(signed(interval.low()), signed(interval.high())));
  }

  private static String range(String low, String high) {
    return "%s … %s".formatted(low, high);
  }

  /** A value with three decimals. */
  public static String number(double value) {
    return typeset(String.format(Locale.ROOT, "%.3f", value));
  }

  /** A difference with three decimals and its sign. */
  public static String signed(double value) {
    return typeset(String.format(Locale.ROOT, "%+.3f", value));
  }

  private static String typeset(String number) {
    return number.matches("[+-]0\\.0+") ? number.substring(1) : number.replace('-', '−');
  }
}
