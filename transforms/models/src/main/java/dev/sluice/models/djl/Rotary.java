package dev.sluice.models.djl;

import dev.sluice.models.directory.ModelConfig;

/**
 * Rotary positions (Su et al., "RoFormer", 2021): position p turns the pair (i, i + d/2) of a head
 * of width d by the angle p * base^(-2i/d).
 */
final class Rotary {
  private Rotary() {}

  /** For each position the cosines, then the sines: [positions, 2 * head dim], row by row. */
  static float[] table(ModelConfig config, int positions) {
    int width = config.headDim();
    int half = width / 2;
    float[] table = new float[positions * 2 * width];
    for (int i = 0; i < half; i++) {
      float frequency = (float) (1.0 / Math.pow(config.ropeTheta(), 2.0 * i / width));
      for (int position = 0; position < positions; position++) {
        // In float, as Hugging Face computes it.
        float angle = position * frequency;
        int row = position * 2 * width;
        float cosine = (float) StrictMath.cos(angle);
        float sine = (float) StrictMath.sin(angle);
        table[row + i] = cosine;
        table[row + half + i] = cosine;
        table[row + width + i] = sine;
        table[row + width + half + i] = sine;
      }
    }
    return table;
  }
}
