package dev.sluice.models.directory;

/**
 * The families as data: what their definitions in {@code transformers} fix, and what they take for
 * a key that {@code config.json} leaves out.
 */
final class FamilyData {
  private FamilyData() {}

  /**
   * What a family fixes.
   *
   * @param attentionBias query, key and value have biases always
   * @param attentionBiasKey the key {@code attention_bias} gives all four projections a bias
   * @param mlpBiasKey the key {@code mlp_bias} gives the feed-forward layer biases
   * @param queryKeyNorm queries and keys are normed head by head
   * @param innerNorms what a block adds to the stream is normed too
   * @param gemma norms multiply with 1 + weight, embeddings with the root of their width; rotary
   *     positions differ by kind of layer
   */
  record Form(
      boolean attentionBias,
      boolean attentionBiasKey,
      boolean mlpBiasKey,
      boolean queryKeyNorm,
      boolean innerNorms,
      boolean gemma) {}

  /**
   * Values of absent keys.
   *
   * @param keyValueHeads 0: as many as heads
   * @param headDim 0: hidden size over heads
   * @param endToken -1: none
   * @param padToken -1: none
   * @param window of layers that have one; 0: none
   */
  record Defaults(
      int vocabularySize,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int keyValueHeads,
      int headDim,
      int maxPositions,
      boolean tieWordEmbeddings,
      int endToken,
      int padToken,
      int window) {}

  static Form form(Family family) {
    return switch (family) {
      case LLAMA -> new Form(false, true, true, false, false, false);
      case MISTRAL -> new Form(false, false, false, false, false, false);
      case QWEN2 -> new Form(true, false, false, false, false, false);
      case QWEN3 -> new Form(false, true, false, true, false, false);
      case GEMMA3 -> new Form(false, true, false, true, true, true);
    };
  }

  static Defaults defaults(Family family) {
    return switch (family) {
      case LLAMA -> new Defaults(32_000, 4096, 11_008, 32, 32, 0, 0, 2048, false, 2, -1, 0);
      case MISTRAL -> new Defaults(32_000, 4096, 14_336, 32, 32, 8, 0, 131_072, false, 2, -1, 4096);
      case QWEN2 -> new Defaults(151_936, 4096, 22_016, 32, 32, 32, 0, 32_768, false, -1, -1, 4096);
      case QWEN3 ->
          new Defaults(151_936, 4096, 22_016, 32, 32, 32, 128, 32_768, false, -1, -1, 4096);
      case GEMMA3 -> new Defaults(262_208, 2304, 9216, 26, 8, 4, 256, 131_072, true, 1, 0, 4096);
    };
  }
}
