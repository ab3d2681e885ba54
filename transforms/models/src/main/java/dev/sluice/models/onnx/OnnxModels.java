package dev.sluice.models.onnx;

import dev.sluice.models.numerics.Processor;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;

/** The provider {@code onnx}: sentence encoders. */
public final class OnnxModels {
  static final String BUILTIN = "builtin:";

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
   * Opens an encoder for its caller alone; it is freed when it is closed.
   *
   * @param name in messages
   * @param from {@code builtin:NAME} or a folder
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static OnnxEmbedder open(String name, String from) {
    return LoadedEncoders.alone().open(name, from);
  }

  /** What computes encoders in this process: one text at a time, so that no batch matters. */
  public static Numerics numerics() {
    Processor processor = Processor.current();
    return new Numerics(
        processor.name(), "ONNX Runtime, vectors " + processor.widest().label(), true);
  }
}
