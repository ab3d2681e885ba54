package dev.sluice.models.onnx;

import dev.sluice.models.Embedding;
import dev.sluice.models.ModelException;
import dev.sluice.models.djl.tokens.HuggingFaceTextTokenizer;
import java.util.ArrayList;
import java.util.List;

/** A loaded encoder with its tokenizer: texts to vectors. Safe for many threads. */
final class SentenceEncoder implements AutoCloseable {
  private final Encoder encoder;
  private final HuggingFaceTextTokenizer tokenizer;
  private final EncoderSettings settings;
  private final Windows windows;
  private final String revision;

  SentenceEncoder(
      Encoder encoder,
      HuggingFaceTextTokenizer tokenizer,
      EncoderSettings settings,
      String revision) {
    this.encoder = encoder;
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.windows = new Windows(tokenizer, settings.maxTokens());
    this.revision = revision;
  }

  String revision() {
    return revision;
  }

  int maxTokens() {
    return settings.maxTokens();
  }

  /** Numbers of a vector. */
  int dimensions() {
    return settings.pooling().size() * encoder.width();
  }

  String pooling() {
    return String.join(" + ", settings.pooling().stream().map(Pooling::word).toList());
  }

  Embedding embed(String text) {
    List<int[]> pieces = windows.of(settings.read(text));
    if (pieces.size() == 1) {
      return new Embedding(piece(pieces.get(0)), pieces.get(0).length);
    }
    List<float[]> vectors = new ArrayList<>();
    int tokens = 0;
    for (int[] piece : pieces) {
      float[] vector = piece(piece);
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= piece.length;
      }
      vectors.add(vector);
      tokens += piece.length;
    }
    return new Embedding(unit(sum(vectors)), tokens);
  }

  private float[] piece(int[] tokens) {
    float[] states = encoder.states(tokens);
    int width = encoder.width();
    float[] vector = new float[dimensions()];
    for (int i = 0; i < settings.pooling().size(); i++) {
      System.arraycopy(settings.pooling().get(i).of(states, width), 0, vector, i * width, width);
    }
    return unit(vector);
  }

  private static float[] sum(List<float[]> vectors) {
    float[] sum = new float[vectors.get(0).length];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    return sum;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += (double) each * each;
    }
    double length = Math.sqrt(squares);
    if (!(length > 0) || Double.isInfinite(length)) {
      throw new ModelException(
          "The encoder gave a vector of length %s: its weights are damaged. Fetch or export it again."
              .formatted(length));
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  @Override
  public void close() {
    encoder.close();
    tokenizer.close();
  }
}
