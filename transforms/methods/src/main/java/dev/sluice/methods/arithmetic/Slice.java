package dev.sluice.methods.arithmetic;

import dev.sluice.records.Hashes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A part of all chains, fixed by the chain's text alone, so that no draw can carry a held-out
 * problem into training: SHA-256 of the text as an unsigned big-endian number, modulo 20, is 0 for
 * test, 1 for dev, anything else for train.
 */
public enum Slice {
  TEST,
  DEV,
  TRAIN;

  private static final BigInteger PARTS = BigInteger.valueOf(20);

  /** The slice that a chain belongs to. */
  public static Slice of(Chain chain) {
    byte[] digest = Hashes.sha256().digest(chain.toString().getBytes(StandardCharsets.UTF_8));
    return switch (new BigInteger(1, digest).mod(PARTS).intValue()) {
      case 0 -> TEST;
      case 1 -> DEV;
      default -> TRAIN;
    };
  }
}
