package dev.sluice.models.djl;

import dev.sluice.models.Sampling;
import dev.sluice.records.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Draws a token from logits. Pure but for the random stream: no engine, no clock. */
final class Sampler {
  private Sampler() {}

  /**
   * The next token. Greedy takes the most likely one, ties to the lowest id, and draws nothing.
   * Else one number is drawn, and its place among the cumulated probabilities decides: in the order
   * of ids, or of falling probability where top_k or top_p cut.
   *
   * @param logits holds one row of {@code vocabulary} values from {@code offset} on
   */
  static int next(
      float[] logits, int offset, int vocabulary, Sampling sampling, RandomStream random) {
    int best = 0;
    for (int i = 1; i < vocabulary; i++) {
      if (logits[offset + i] > logits[offset + best]) {
        best = i;
      }
    }
    if (sampling.greedy()) {
      return best;
    }
    double[] probabilities = new double[vocabulary];
    double total = 0;
    for (int i = 0; i < vocabulary; i++) {
      probabilities[i] =
          Math.exp(((double) logits[offset + i] - logits[offset + best]) / sampling.temperature());
      total += probabilities[i];
    }
    double drawn = random.nextDouble();
    if (sampling.topK() == 0 && sampling.topP() == 1) {
      return at(drawn * total, probabilities, null, vocabulary);
    }
    Integer[] order = IntStream.range(0, vocabulary).boxed().toArray(Integer[]::new);
    // Stable, so equal probabilities stay in the order of ids.
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -probabilities[i]));
    int kept = sampling.topK() == 0 ? vocabulary : Math.min(sampling.topK(), vocabulary);
    double within = 0;
    for (int i = 0; i < kept; i++) {
      within += probabilities[order[i]];
    }
    if (sampling.topP() < 1) {
      double reached = 0;
      int needed = 0;
      while (needed < kept && reached < sampling.topP() * within) {
        reached += probabilities[order[needed++]];
      }
      kept = needed;
      within = reached;
    }
    return at(drawn * within, probabilities, order, kept);
  }

  private static int at(
      double target,
      double[] probabilities,
      Integer @org.jspecify.annotations.Nullable [] order,
      int count) {
    double cumulated = 0;
    int last = 0;
    for (int i = 0; i < count; i++) {
      int id = order == null ? i : order[i];
      if (probabilities[id] > 0) {
        cumulated += probabilities[id];
        last = id;
        if (target < cumulated) {
          return id;
        }
      }
    }
    return last;
  }

  /** The log-probability (nats) of a token at temperature 1, nothing cut. */
  static float logprob(float[] logits, int offset, int vocabulary, int token) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabulary; i++) {
      greatest = Math.max(greatest, logits[offset + i]);
    }
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      sum += Math.exp(logits[offset + i] - greatest);
    }
    return (float) (logits[offset + token] - greatest - Math.log(sum));
  }
}
