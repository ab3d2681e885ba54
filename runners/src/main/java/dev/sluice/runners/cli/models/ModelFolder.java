package dev.sluice.runners.cli.models;

import dev.sluice.models.Precision;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.TokenIdModel;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a model that a command names. */
final class ModelFolder {
  private static final String BUILTIN = "builtin:";

  private ModelFolder() {}

  /**
   * The folder of a name.
   *
   * @param name a folder, or a built-in model such as {@code builtin:tiny-solver}
   * @throws UserMistake if there is no such folder
   */
  static Path of(String name) {
    if (OnnxModels.isEncoder(name)) {
      throw new UserMistake(
          "%s is a sentence encoder, which neither generates nor scores; 'model info' and 'model serve' take it."
              .formatted(name));
    }
    if (name.startsWith(BUILTIN)) {
      return BuiltinModels.folder(name.substring(BUILTIN.length()));
    }
    Path folder = Path.of(name);
    if (!Files.isDirectory(folder)) {
      throw new UserMistake(
          "%s is no folder; a model is a folder with config.json and model.safetensors, an adapter's folder, or builtin: with one of %s."
              .formatted(name, String.join(", ", BuiltinModels.names())));
    }
    return folder;
  }

  /** What people call a model that a command names: the last part of it. */
  static String name(String folder) {
    return folder.startsWith(BUILTIN)
        ? folder.substring(BUILTIN.length())
        : String.valueOf(Path.of(folder).toAbsolutePath().normalize().getFileName());
  }

  /** Loads a model, its numbers of a type in memory. */
  static TokenIdModel open(String name, String dtype) {
    return DjlModels.tokenIdModel(of(name), DjlModels.DECODE_BATCH, Precision.of(dtype));
  }
}
