package dev.sluice.models;

import dev.sluice.models.builtin.EngineVersion;
import dev.sluice.models.onnx.BuiltinEncoder;
import dev.sluice.models.onnx.EncoderFiles;
import dev.sluice.records.Hashes;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.nio.file.Path;
import java.util.List;

/**
 * A sentence encoder in this process.
 *
 * @param from {@code builtin:NAME}, or the directory of an encoder
 */
@Kind(
    value = "onnx",
    doc =
        "A sentence encoder in this process, on ONNX Runtime: what finds texts that mean the same.")
public record OnnxSpec(
    @Key(
            value =
                "`builtin:all-minilm-l6-v2`, or a directory as sentence-transformers writes it, with `model.onnx` and `tokenizer.json`.",
            byDefault = "builtin:all-minilm-l6-v2",
            refersTo = Key.DIRECTORY)
        String from)
    implements ModelSpec {
  public static final String PROVIDER = "onnx";

  private static final String BUILTIN = "builtin:";

  /**
   * What rows depend on: the encoder, and the runtime that decides the last bits.
   *
   * @param revision content hash of the encoder
   */
  public static String identity(String revision) {
    return Hashes.hex(revision, EngineVersion.ONNX);
  }

  @Override
  public boolean embeds() {
    return true;
  }

  @Override
  public List<String> look() {
    if (from.startsWith(BUILTIN)) {
      String unused = BuiltinEncoder.revision(from.substring(BUILTIN.length()));
    } else if (!from.contains(":")) {
      EncoderFiles unusedFiles = EncoderFiles.of(Path.of(from));
    }
    return List.of();
  }

  @Override
  public String objection() {
    return from.isBlank() ? "from must name an encoder's directory or builtin:NAME" : "";
  }
}
