package dev.sluice.models.onnx;

import dev.sluice.models.ModelCache;
import dev.sluice.models.djl.tokens.HuggingFaceTextTokenizer;
import dev.sluice.models.numerics.Processor;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The provider {@code onnx}: sentence encoders, one copy in memory for each content hash. */
public final class OnnxModels {
  private static final String BUILTIN = "builtin:";

  /** One for each use: two encoders in a file are rare. */
  private static final int MODELS_IN_MEMORY = 2;

  private static final ModelCache<SentenceEncoder> CACHE =
      new ModelCache<>(MODELS_IN_MEMORY, SentenceEncoder::close);

  private OnnxModels() {}

  /** Whether a command that names it means an encoder. */
  public static boolean isEncoder(String from) {
    return from.startsWith(BUILTIN)
        ? from.equals(BUILTIN + BuiltinEncoder.NAME)
        : EncoderFiles.in(Path.of(from));
  }

  /**
   * Content hash of an encoder, without loading it.
   *
   * @param from {@code builtin:NAME} or a folder
   * @throws dev.sluice.models.ModelException if it is missing or lacks a file
   */
  public static String revision(String from) {
    return from.startsWith(BUILTIN)
        ? BuiltinEncoder.revision(from.substring(BUILTIN.length()))
        : EncoderFiles.of(Path.of(from)).revision();
  }

  /**
   * Opens an encoder; closing it gives it back to the cache.
   *
   * @param name in messages
   * @param from {@code builtin:NAME} or a folder
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static OnnxEmbedder open(String name, String from) {
    String revision = revision(from);
    return new OnnxEmbedder(name, CACHE.acquire(revision, () -> load(from, revision)));
  }

  /** What computes encoders in this process: one text at a time, so that no batch matters. */
  public static Numerics numerics() {
    Processor processor = Processor.current();
    return new Numerics(
        processor.name(), "ONNX Runtime, vectors " + processor.widest().label(), true);
  }

  private static SentenceEncoder load(String from, String revision) {
    if (from.startsWith(BUILTIN)) {
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
}
