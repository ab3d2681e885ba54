package dev.sluice.models.onnx;

import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.ModelCache;
import dev.sluice.models.ModelInfo;
import java.util.List;

/** An encoder in this process; threads share its weights. */
public final class OnnxEmbedder implements Embedder {
  private final String name;
  private final ModelCache.Handle<SentenceEncoder> handle;

  /** Takes over a handle, and gives it back when it is closed. */
  OnnxEmbedder(String name, ModelCache.Handle<SentenceEncoder> handle) {
    this.name = name;
    this.handle = handle;
  }

  @Override
  public ModelInfo info() {
    SentenceEncoder encoder = handle.model();
    return new ModelInfo(name, encoder.revision(), encoder.maxTokens(), 0);
  }

  /** Numbers of a vector. */
  public int dimensions() {
    return handle.model().dimensions();
  }

  /** How the states of tokens become a vector, in the words of sentence-transformers. */
  public String pooling() {
    return handle.model().pooling();
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    return texts.stream().map(handle.model()::embed).toList();
  }

  @Override
  public void close() {
    handle.close();
  }
}
