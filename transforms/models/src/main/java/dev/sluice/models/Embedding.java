package dev.sluice.models;

/**
 * A text as a vector.
 *
 * @param vector of length 1 (Euclidean), so that a product of two is their cosine
 * @param tokens of the text, special ones included
 */
@SuppressWarnings("ArrayRecordComponent")
public record Embedding(float[] vector, int tokens) {

  /** Cosine of the angle between two vectors of length 1, from -1 to 1. */
  public static double cosine(float[] first, float[] second) {
    // Four sums in a fixed order: four products at a time, and the same bits every time.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = first.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += (double) first[i] * second[i];
      b += (double) first[i + 1] * second[i + 1];
      c += (double) first[i + 2] * second[i + 2];
      d += (double) first[i + 3] * second[i + 3];
    }
    for (int i = whole; i < first.length; i++) {
      a += (double) first[i] * second[i];
    }
    return Math.max(-1, Math.min(1, (a + b) + (c + d)));
  }
}
