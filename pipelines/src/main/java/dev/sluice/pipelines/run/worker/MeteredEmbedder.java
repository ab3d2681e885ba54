package dev.sluice.pipelines.run.worker;

import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.ModelInfo;
import dev.sluice.records.manifest.Usage;
import java.util.ArrayList;
import java.util.List;

/** An embedder whose calls are accounted as they end: one for each text, in prompt tokens. */
final class MeteredEmbedder implements Embedder {
  private final Embedder embedder;
  private final UsageMeter meter;

  MeteredEmbedder(Embedder embedder, UsageMeter meter) {
    this.embedder = embedder;
    this.meter = meter;
  }

  @Override
  public ModelInfo info() {
    return embedder.info();
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    List<Embedding> embeddings = new ArrayList<>();
    for (String text : texts) {
      Embedding embedding = embedder.embed(List.of(text)).get(0);
      meter.add(new Usage(1, 0, embedding.tokens(), 0, 0));
      embeddings.add(embedding);
    }
    return embeddings;
  }

  @Override
  public void close() {
    embedder.close();
  }
}
