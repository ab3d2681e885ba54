package dev.sluice.records;

import org.jspecify.annotations.Nullable;

/**
 * One measured value: a row of the table {@code metrics}.
 *
 * @param stage name of the stage type that measured it
 * @param round round of an iterating stage, else 0
 * @param step training step within the round, else 0
 * @param name such as {@code accuracy/policy}; a time or a rate begins with {@code time/} or {@code
 *     rate/} and stays out of digests
 * @param value the value
 * @param low lower end of the 95 % interval; null if none was worked out
 * @param high upper end of the 95 % interval; null if none was worked out
 * @param n number of independent units (problems) behind the value; null if it has no meaning
 */
public record Metric(
    String stage,
    int round,
    int step,
    String name,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable Integer n) {

  /** A bare value without an interval. */
  public static Metric of(String stage, int round, int step, String name, double value) {
    return new Metric(stage, round, step, name, value, null, null, null);
  }

  /** Whether the value is a time or a rate, which differs from run to run. */
  public boolean timing() {
    return name.startsWith("time/") || name.startsWith("rate/");
  }
}
