package dev.sluice.records;

/**
 * A stream of pseudo-random numbers that is the same on every JVM and in every thread: SplitMix64
 * (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
 */
public final class RandomStream {
  private long state;

  /** A stream that depends on the seed alone. */
  public RandomStream(long seed) {
    this.state = seed;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1), with 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [0, bound); {@code bound} is at least 1. Exact: short of one multiple, redrawn. */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException(
          "The bound of a random integer is at least 1, not " + bound);
    }
    long limit = (1L << 31) - (1L << 31) % bound;
    long bits;
    do {
      bits = nextLong() >>> 33;
    } while (bits >= limit);
    return (int) (bits % bound);
  }

  /** Uniform in [low, high], both included. */
  public int nextInt(int low, int high) {
    return low + nextInt(high - low + 1);
  }

  /** A normal deviate with mean 0 and deviation 1 (Box and Muller 1958, the cosine half). */
  public double nextGaussian() {
    double u = 1.0 - nextDouble();
    double v = nextDouble();
    return StrictMath.sqrt(-2.0 * StrictMath.log(u)) * StrictMath.cos(2.0 * Math.PI * v);
  }
}
