package dev.sluice.methods.loss;

/** The smaller of a ratio's and the clipped ratio's share of an advantage. */
final class ClippedRatio {
  private ClippedRatio() {}

  /** min(ratio * A, clip(ratio, 1 - low, 1 + high) * A). */
  static float of(float ratio, float advantage, double low, double high) {
    float clipped = Math.max((float) (1 - low), Math.min((float) (1 + high), ratio));
    return Math.min(ratio * advantage, clipped * advantage);
  }

  /** Whether it moves with the ratio. */
  static boolean moves(float ratio, float advantage, double low, double high) {
    return advantage >= 0 ? ratio <= (float) (1 + high) : ratio >= (float) (1 - low);
  }
}
