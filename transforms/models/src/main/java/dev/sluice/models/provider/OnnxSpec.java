package dev.sluice.models.provider;

import dev.sluice.models.Embedder;
import dev.sluice.models.builtin.EngineVersion;
import dev.sluice.models.onnx.BuiltinEncoder;
import dev.sluice.models.onnx.EncoderFiles;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Hashes;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sentence encoder in this process.
 *
 * @param from {@code builtin:NAME}, or the directory of an encoder
 */
@Kind(
    value = "onnx",
    doc = "A sentence encoder loaded in this process, on ONNX Runtime. Finds paraphrases.")
public record OnnxSpec(
    @Key(
            value =
                "`builtin:all-minilm-l6-v2`, or the path of a sentence-transformers directory with `model.onnx` and `tokenizer.json`.",
            byDefault = "builtin:all-minilm-l6-v2",
            refersTo = Key.DIRECTORY)
        String from)
    implements ModelProvider {
  private static final String BUILTIN = "builtin:";

  /**
   * What rows depend on: the encoder, and the runtime that decides the last bits.
   *
   * @param revision content hash of the encoder
   */
  public static String identity(String revision) {
    return Hashes.hex(revision, EngineVersion.ONNX);
  }

  /** Its runtime's version is in its identity. */
  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.EMBEDS);
  }

  @Override
  public List<ModelFinding> look() {
    return ModelFinding.at(
        "from",
        () -> {
          if (from.startsWith(BUILTIN)) {
            String unused = BuiltinEncoder.revision(from.substring(BUILTIN.length()));
          } else if (!from.contains(":")) {
            EncoderFiles unusedFiles = EncoderFiles.of(Path.of(from));
          }
          return List.of();
        });
  }

  @Override
  public ModelIdentity identity(ModelEntry entry) {
    if (from.startsWith(BUILTIN)) {
      return new ModelIdentity(from, identity(OnnxModels.revision(from)));
    }
    EncoderFiles files = EncoderFiles.of(Path.of(from).toAbsolutePath());
    String content = entry.files().of("onnx", files.all(), files::revision);
    return new ModelIdentity(files.folder().toString(), identity(content));
  }

  @Override
  public Embedder openEmbedder(OpenRequest request) {
    String location = request.model().location();
    return OnnxModels.open(location, location);
  }

  @Override
  public Optional<Numerics> numerics(OpenRequest request) {
    return Optional.of(OnnxModels.numerics());
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(
        key, from.isBlank() ? "from must name an encoder's directory or builtin:NAME" : "");
  }
}
