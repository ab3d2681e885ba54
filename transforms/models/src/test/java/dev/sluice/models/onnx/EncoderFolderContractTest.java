package dev.sluice.models.onnx;

import dev.sluice.models.Embedder;
import dev.sluice.models.EmbedderContract;

class EncoderFolderContractTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return OnnxModels.open("roberta", EncoderFixture.place("roberta").toString());
  }
}
