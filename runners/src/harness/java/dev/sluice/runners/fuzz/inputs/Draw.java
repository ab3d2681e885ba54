package dev.sluice.runners.fuzz.inputs;

import java.util.List;
import java.util.SplittableRandom;

/** The random numbers of one input: a function of the seed, the reader and the input's number. */
public final class Draw {
  private final SplittableRandom random;

  private Draw(SplittableRandom random) {
    this.random = random;
  }

  public static Draw of(long seed, String reader, long input) {
    return new Draw(new SplittableRandom(mixed(mixed(mixed(seed) + reader.hashCode()) + input)));
  }

  /** The finalizer of MurmurHash3: neighbouring numbers give unrelated ones. */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }

  /** A number from 0 to one below a bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number in a range, both ends included. */
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  public long bits() {
    return random.nextLong();
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A length of which each is half as likely as the one before, up to a bound. */
  public int few(int most) {
    return Math.min(most, Long.numberOfTrailingZeros(random.nextLong() | 1L << 62));
  }

  public <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** One of several words. */
  public String word(String... all) {
    return all[random.nextInt(all.length)];
  }
}
