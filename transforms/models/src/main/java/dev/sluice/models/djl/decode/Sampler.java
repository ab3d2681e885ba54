package dev.sluice.models.djl.decode;

import dev.sluice.models.Sampling;
import dev.sluice.records.RandomStream;

/**
 * Draws a token from logits. Pure but for the random stream: no engine, no clock. Vocabularies of
 * real models are large, so each number's exponential is taken once, and only tokens that can be
 * kept are put in order.
 */
public final class Sampler {
  private Sampler() {}

  /**
   * What was drawn.
   *
   * @param logprob in nats, nothing cut: at temperature 1, or at the sampling's if it is tempered
   */
  public record Drawn(int token, float logprob) {}

  /**
   * The next token. Greedy takes the most likely one, ties to the lowest id, and draws nothing.
   * Else one number is drawn, and its place among the cumulated probabilities decides: in the order
   * of ids, or of falling probability where top_k or top_p cut.
   *
   * @param logits holds one row of {@code vocabulary} values from {@code offset} on
   */
  public static Drawn next(
      float[] logits, int offset, int vocabulary, Sampling sampling, RandomStream random) {
    int best = 0;
    for (int i = 1; i < vocabulary; i++) {
      if (logits[offset + i] > logits[offset + best]) {
        best = i;
      }
    }
    double greatest = logits[offset + best];
    if (sampling.greedy()) {
      return drawn(best, logits, offset, greatest, sum(logits, offset, vocabulary, greatest));
    }
    double[] weights = new double[vocabulary];
    double total = 0;
    for (int i = 0; i < vocabulary; i++) {
      weights[i] = Math.exp((logits[offset + i] - greatest) / sampling.temperature());
      total += weights[i];
    }
    int token = choose(logits, offset, weights, total, sampling, random.nextDouble());
    if (sampling.tempered() && sampling.temperature() != 1) {
      double scaled = (logits[offset + token] - greatest) / sampling.temperature();
      return new Drawn(token, (float) (scaled - Math.log(total)));
    }
    double sum = sampling.temperature() == 1 ? total : sum(logits, offset, vocabulary, greatest);
    return drawn(token, logits, offset, greatest, sum);
  }

  private static double sum(float[] logits, int offset, int vocabulary, double greatest) {
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      sum += Math.exp(logits[offset + i] - greatest);
    }
    return sum;
  }

  private static Drawn drawn(int token, float[] logits, int offset, double greatest, double sum) {
    return new Drawn(token, (float) (logits[offset + token] - greatest - Math.log(sum)));
  }

  private static int choose(
      float[] logits,
      int offset,
      double[] weights,
      double total,
      Sampling sampling,
      double uniform) {
    if (sampling.topK() == 0 && sampling.topP() == 1) {
      double cumulated = 0;
      int last = 0;
      for (int i = 0; i < weights.length; i++) {
        if (weights[i] > 0) {
          cumulated += weights[i];
          last = i;
          if (uniform * total < cumulated) {
            return i;
          }
        }
      }
      return last;
    }
    int[] order = likely(logits, offset, weights, total, sampling);
    double within = sampling.topK() == 0 ? total : sum(weights, order, order.length);
    int kept = order.length;
    if (sampling.topP() < 1) {
      double reached = 0;
      kept = 0;
      while (kept < order.length && reached < sampling.topP() * within) {
        reached += weights[order[kept++]];
      }
      within = reached;
    }
    double cumulated = 0;
    for (int i = 0; i < kept; i++) {
      cumulated += weights[order[i]];
      if (uniform * within < cumulated) {
        return order[i];
      }
    }
    return order[kept - 1];
  }

  private static double sum(double[] weights, int[] order, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[order[i]];
    }
    return sum;
  }

  /** Tokens by falling probability: the first k, or all that top_p can reach. */
  private static int[] likely(
      float[] logits, int offset, double[] weights, double total, Sampling sampling) {
    if (sampling.topK() > 0) {
      return TopTokens.first(sampling.topK(), logits, offset, weights);
    }
    // Those below it weigh less than 1 - p together, so the tokens above it reach p without them.
    double least = (1 - sampling.topP()) * total / (2.0 * weights.length);
    return TopTokens.above(least, logits, offset, weights);
  }
}
