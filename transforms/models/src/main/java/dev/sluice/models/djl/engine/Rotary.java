package dev.sluice.models.djl.engine;

import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.Rope;
import java.util.List;

/**
 * Rotary positions (Su et al., "RoFormer", 2021): position p turns the pair (i, i + d/2) of a head
 * of width d by the angle p * base^(-2i/d).
 */
final class Rotary {
  private Rotary() {}

  /**
   * For each position the cosines, then the sines of each kind: [positions, kinds * 2 * head dim],
   * row by row.
   */
  static float[] table(ModelConfig config, int positions) {
    List<Rope> ropes = config.traits().ropes();
    int width = config.headDim();
    int stride = ropes.size() * 2 * width;
    float[] table = new float[Math.multiplyExact(positions, stride)];
    for (int kind = 0; kind < ropes.size(); kind++) {
      fill(table, ropes.get(kind), positions, width, kind * 2 * width, stride);
    }
    return table;
  }

  private static void fill(
      float[] table, Rope rope, int positions, int width, int start, int stride) {
    int half = width / 2;
    for (int i = 0; i < half; i++) {
      float frequency = (float) rope.stretched(1.0 / Math.pow(rope.theta(), 2.0 * i / width));
      for (int position = 0; position < positions; position++) {
        // In float, as Hugging Face computes it.
        float angle = position * frequency;
        int row = position * stride + start;
        float cosine = (float) StrictMath.cos(angle);
        float sine = (float) StrictMath.sin(angle);
        table[row + i] = cosine;
        table[row + half + i] = cosine;
        table[row + width + i] = sine;
        table[row + width + half + i] = sine;
      }
    }
  }
}
