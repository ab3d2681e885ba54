package dev.sluice.models.onnx;

import dev.sluice.models.Embedder;
import dev.sluice.models.EmbedderContract;

class BuiltinEncoderContractTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return OnnxModels.open("minilm", "builtin:all-minilm-l6-v2");
  }
}
