package dev.sluice.models.builtin;

import dev.sluice.models.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The models of the arithmetic world, made by {@code configs/pretrain-tiny.yaml}: a weak solver and
 * a judge with a careless habit. Each is a model directory among the resources, beside a file
 * {@code revision} with its content hash.
 */
public final class BuiltinModels {
  private static final List<String> NAMES = List.of("tiny-solver", "tiny-verifier");
  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "generation_config.json");

  private BuiltinModels() {}

  /** The names that may follow {@code builtin:}. */
  public static List<String> names() {
    return NAMES;
  }

  /** Content hash of a model, without reading its weights. */
  public static String revision(String name) {
    try (InputStream in = resource(name, "revision")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the built-in model " + name + " failed.", e);
    }
  }

  /**
   * A folder on this machine that holds a model's files: made once per content below the folder for
   * temporary files, complete once it has its name.
   */
  public static synchronized Path folder(String name) {
    Path target =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("sluice-models-" + System.getProperty("user.name"))
            .resolve(name + "-" + revision(name).substring(0, 16));
    if (Files.isDirectory(target)) {
      return target;
    }
    try {
      Files.createDirectories(target.getParent());
      Path fresh = Files.createTempDirectory(target.getParent(), name);
      for (String file : FILES) {
        try (InputStream in = resource(name, file)) {
          Files.copy(in, fresh.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      move(fresh, target);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Unpacking the built-in model %s into %s failed; is there room, and may it be written?"
              .formatted(name, target),
          e);
    }
  }

  private static void move(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      // Another process was faster; its content is the same.
      for (String file : FILES) {
        Files.delete(fresh.resolve(file));
      }
      Files.delete(fresh);
    }
  }

  private static InputStream resource(String name, String file) {
    if (!NAMES.contains(name)) {
      throw new ModelException(
          "There is no built-in model '%s'; there are %s."
              .formatted(name, String.join(", ", NAMES)));
    }
    InputStream in = BuiltinModels.class.getResourceAsStream(name + "/" + file);
    if (in == null) {
      throw new ModelException(
          "The built-in model '%s' lacks its file '%s'; this build of Sluice is incomplete."
              .formatted(name, file));
    }
    return in;
  }
}
