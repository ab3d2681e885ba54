package dev.sluice.models.onnx;

import dev.sluice.models.ModelCache;
import dev.sluice.models.djl.tokens.HuggingFaceTextTokenizer;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Encoders in memory: one for each content hash. */
public final class LoadedEncoders implements AutoCloseable {
  /** One for each use: two encoders in a file are rare. */
  private static final int MODELS_IN_MEMORY = 2;

  private final ModelCache<SentenceEncoder> cache;

  private LoadedEncoders(int capacity) {
    cache = new ModelCache<>(capacity, SentenceEncoder::close);
  }

  /** None yet; room for the encoders of a stage. */
  public static LoadedEncoders forStages() {
    return new LoadedEncoders(MODELS_IN_MEMORY);
  }

  /** None yet; an encoder is freed as soon as it is closed. */
  static LoadedEncoders alone() {
    return new LoadedEncoders(0);
  }

  /**
   * Opens an encoder; closing it gives it back.
   *
   * @param name in messages
   * @param from {@code builtin:NAME} or a folder
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public OnnxEmbedder open(String name, String from) {
    String revision = OnnxModels.revision(from);
    return new OnnxEmbedder(name, cache.acquire(revision, () -> load(from, revision)));
  }

  private static SentenceEncoder load(String from, String revision) {
    if (from.startsWith(OnnxModels.BUILTIN)) {
      return load(
          new HuggingFaceTextTokenizer(BuiltinEncoder.tokenizer(), from),
          () -> Encoder.load(BuiltinEncoder.graph(), from),
          BuiltinEncoder.SETTINGS,
          revision);
    }
    EncoderFiles files = EncoderFiles.of(Path.of(from));
    EncoderSettings settings = EncoderSettings.read(files.folder());
    return load(
        new HuggingFaceTextTokenizer(files.tokenizerBytes(), from),
        () -> Encoder.load(files.graph()),
        settings,
        revision);
  }

  private static SentenceEncoder load(
      HuggingFaceTextTokenizer tokenizer,
      Supplier<Encoder> encoder,
      EncoderSettings settings,
      String revision) {
    try {
      return new SentenceEncoder(encoder.get(), tokenizer, settings, revision);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public void close() {
    cache.close();
  }
}
