package dev.sluice.models.djl;

import ai.djl.ndarray.NDArray;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.djl.decode.LoadedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Figures of whole distributions at the tokens of completions, a bounded number at a time. */
record DistributionPass(LoadedModel model) {
  /** Logits that are in memory at once: 256 MiB, as where log-probabilities are worked out. */
  private static final long MOST_LOGITS = 1L << 26;

  private static final int FIGURES = 2;

  /** The figures of each request, one of each per token of its completion. */
  List<TokenCertainty> of(
      List<ScoreRequest> requests, Function<ScoreRequest, LoadedModel.Marked> marked) {
    int most = (int) Math.max(1, MOST_LOGITS / model.config().vocabularySize());
    List<TokenCertainty> all = new ArrayList<>();
    for (ScoreRequest request : requests) {
      int tokens = request.completion().length;
      float[] figures = new float[FIGURES * tokens];
      LoadedModel.Marked row = marked.apply(request);
      // Rows one by one: several of them, or a long one, would be gigabytes of logits.
      for (int from = 0; from < tokens; from += most) {
        float[] part = part(row, from, Math.min(tokens, from + most), request.temperature());
        System.arraycopy(part, 0, figures, FIGURES * from, part.length);
      }
      all.add(certainty(figures));
    }
    return all;
  }

  private float[] part(LoadedModel.Marked row, int from, int to, double temperature) {
    LoadedModel.Marked some =
        new LoadedModel.Marked(
            row.tokens(),
            Arrays.copyOfRange(row.places(), from, to),
            Arrays.copyOfRange(row.targets(), from, to));
    return model
        .pass(
            List.of(some),
            (tokens, places, targets) -> figures(tokens, places, (float) temperature))
        .get(0);
  }

  /** [n, 2]: entropy and divergence from the uniform distribution at each place. */
  private float[] figures(NDArray tokens, NDArray places, float temperature) {
    NDArray logprobs =
        model.decoder().logits(model.weights(), tokens, places).div(temperature).logSoftmax(-1);
    int[] vocabulary = {1};
    NDArray entropies = logprobs.exp().mul(logprobs).sum(vocabulary).neg();
    double uniform = -Math.log((double) logprobs.getShape().get(1));
    NDArray divergences = logprobs.mean(vocabulary).neg().add(uniform);
    return entropies.stack(divergences, 1).toFloatArray();
  }

  private static TokenCertainty certainty(float[] figures) {
    float[] entropies = new float[figures.length / FIGURES];
    float[] divergences = new float[entropies.length];
    for (int t = 0; t < entropies.length; t++) {
      entropies[t] = figures[FIGURES * t];
      divergences[t] = figures[FIGURES * t + 1];
    }
    return new TokenCertainty(entropies, divergences);
  }
}
