package dev.sluice.stages.filtering;

import dev.sluice.methods.text.Repeats;
import dev.sluice.models.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that say the same as an earlier one, in whatever words: the cosine of their vectors reaches
 * a threshold. Exact: every text is compared with every one that is kept.
 */
final class Paraphrases implements Repeats {
  /** A vector's own cosine is 1 but for what rounding to 32 bits leaves. */
  private static final double ROUNDING = 1e-6;

  private final double threshold;
  private final List<float[]> vectors;
  private final List<Integer> kept = new ArrayList<>();

  /**
   * A rule over texts.
   *
   * @param threshold cosine from which on a text repeats another
   * @param vectors of the texts, each of length 1
   */
  Paraphrases(double threshold, List<float[]> vectors) {
    this.threshold = threshold;
    this.vectors = vectors;
  }

  @Override
  public @Nullable Repeat of(int index) {
    Repeat most = null;
    for (int other : kept) {
      double cosine = Embedding.cosine(vectors.get(index), vectors.get(other));
      if (cosine >= threshold - ROUNDING && (most == null || cosine > most.similarity())) {
        most = new Repeat(other, cosine);
      }
    }
    return most;
  }

  @Override
  public void keep(int index) {
    kept.add(index);
  }
}
