package dev.sluice.stages.testing;

import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.ModelInfo;
import java.util.List;
import java.util.function.Function;

/** Vectors by rule; made as long as 1. */
record FakeEmbedder(String name, Function<String, float[]> vectors) implements Embedder {
  private static final int CONTEXT = 64;

  @Override
  public ModelInfo info() {
    return new ModelInfo(name, "revision of " + name, CONTEXT, 0);
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    return texts.stream().map(text -> new Embedding(unit(vectors.apply(text)), 1)).toList();
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return unit;
  }

  @Override
  public void close() {}
}
