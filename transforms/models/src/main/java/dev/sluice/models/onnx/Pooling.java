package dev.sluice.models.onnx;

import java.util.Locale;

/**
 * How the states of a text's tokens become one vector: the modes of sentence-transformers, under
 * its names and in its order, in which the vectors of several are put together.
 */
enum Pooling {
  /** The state of the first token. */
  CLS("pooling_mode_cls_token"),
  /** The largest value of each number. */
  MAX("pooling_mode_max_tokens"),
  /** The mean. */
  MEAN("pooling_mode_mean_tokens"),
  /** The sum over the square root of the number of tokens. */
  MEAN_SQRT_LEN_TOKENS("pooling_mode_mean_sqrt_len_tokens"),
  /** The mean with weights 1, 2, 3, … of the tokens in order. */
  WEIGHTEDMEAN("pooling_mode_weightedmean_tokens"),
  /** The state of the last token. */
  LASTTOKEN("pooling_mode_lasttoken");

  private final String oldKey;

  Pooling(String oldKey) {
    this.oldKey = oldKey;
  }

  /** The word in a file. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key that switches it on in files before release 5 of sentence-transformers. */
  String oldKey() {
    return oldKey;
  }

  /**
   * The vector of a text.
   *
   * @param states of its tokens, each {@code width} numbers, one after another
   * @param width numbers of a state
   */
  float[] of(float[] states, int width) {
    int tokens = states.length / width;
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = (float) of(states, i, width, tokens);
    }
    return vector;
  }

  private double of(float[] states, int number, int width, int tokens) {
    return switch (this) {
      case CLS -> states[number];
      case LASTTOKEN -> states[(tokens - 1) * width + number];
      case MAX -> {
        double most = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < tokens; t++) {
          most = Math.max(most, states[t * width + number]);
        }
        yield most;
      }
      case MEAN -> sum(states, number, width, false) / tokens;
      case MEAN_SQRT_LEN_TOKENS -> sum(states, number, width, false) / Math.sqrt(tokens);
      case WEIGHTEDMEAN -> sum(states, number, width, true) / (tokens * (tokens + 1) / 2.0);
    };
  }

  private static double sum(float[] states, int number, int width, boolean weighted) {
    double sum = 0;
    int weight = 1;
    for (int at = number; at < states.length; at += width) {
      sum += weighted ? weight * (double) states[at] : states[at];
      weight++;
    }
    return sum;
  }
}
