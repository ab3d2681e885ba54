package dev.sluice.records;

import dev.sluice.records.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * One measured value: a row of the table {@code metrics}.
 *
 * @param name such as {@code accuracy/policy}; a time or a rate begins with {@code time/} or {@code
 *     rate/} and stays out of digests
 */
public record Metric(
    @Column("Name of the stage type that measured it.") String stage,
    @Column("Round of an iterating stage, else 0.") int round,
    @Column("Training step within the round, else 0.") int step,
    @Column("Name of the metric, with slashes.") String name,
    @Column("The value.") double value,
    @Column("Lower end of the 95 % interval; null if none was worked out.") @Nullable Double low,
    @Column("Upper end of the 95 % interval; null if none was worked out.") @Nullable Double high,
    @Column("Number of independent units (problems) behind the value; null if it has no meaning.")
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
