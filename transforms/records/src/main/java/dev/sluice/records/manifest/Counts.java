package dev.sluice.records.manifest;

import java.io.Serializable;

/**
 * The account of a unit of work or of a stage, in rows of the stage's primary table: {@code
 * expected = out + dead}, exactly.
 *
 * @param in rows read of the table that the work goes by
 * @param expected rows that should come out
 * @param out rows that came out
 * @param dead rows that became dead letters
 * @param unparsed rows among those that came out whose text did not parse
 */
public record Counts(long in, long expected, long out, long dead, long unparsed)
    implements Serializable {

  /** Nothing counted. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** Both together. */
  public Counts plus(Counts other) {
    return new Counts(
        in + other.in,
        expected + other.expected,
        out + other.out,
        dead + other.dead,
        unparsed + other.unparsed);
  }
}
