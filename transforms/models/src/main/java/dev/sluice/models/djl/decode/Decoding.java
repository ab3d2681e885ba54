package dev.sluice.models.djl.decode;

import dev.sluice.models.djl.engine.LlamaDecoder;
import java.util.Comparator;
import java.util.List;

/** Draws samples that are all known at the beginning. */
public final class Decoding {
  private Decoding() {}

  /**
   * Finishes all samples in the caller's thread.
   *
   * @param decodeBatch rows that are decoded at once: speed and memory, not results
   * @param ends tokens that end a sample
   */
  public static void run(
      LoadedModel model, List<Sample> samples, int decodeBatch, List<Integer> ends) {
    if (samples.isEmpty()) {
      return;
    }
    int places =
        LlamaDecoder.blocks(samples.stream().mapToInt(Sample::greatestLength).max().orElse(0));
    List<Sample> sorted =
        samples.stream().sorted(Comparator.comparingInt(s -> s.prompt.length)).toList();
    int rows = KeyValues.rows(model, places, Math.min(decodeBatch, samples.size()));
    model.inScope(scope -> new DecodingBatch(model, scope, rows, places, ends).run(sorted));
  }
}
