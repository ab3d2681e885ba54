package dev.sluice.pipelines.plan;

import static java.util.stream.Collectors.joining;

import dev.sluice.models.DjlSpec;
import dev.sluice.models.Endpoint;
import dev.sluice.models.ModelException;
import dev.sluice.models.OnnxSpec;
import dev.sluice.models.OpenAiSpec;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.WeightFiles;
import dev.sluice.models.onnx.EncoderFiles;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.run.ModelReference;
import dev.sluice.records.Hashes;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the things outside a pipeline hold, as hashes: files by their bytes, models by their weights
 * and tokenizer. Kept by path, size and time for as long as this object lives.
 */
public final class Contents {
  private static final String BUILTIN = "builtin:";

  private final Map<String, String> hashes = new HashMap<>();

  /** SHA-256 of a file's bytes. */
  public String ofFile(String path) {
    Path file = Path.of(path);
    return hashes.computeIfAbsent(stamp(file), stamp -> sha256(file));
  }

  /**
   * The model behind an entry of the file.
   *
   * @throws ModelException if it is missing or damaged
   */
  public ModelReference ofModel(PipelineSpec.Model model) {
    if (model.spec() instanceof DjlSpec djl) {
      ModelReference reference = ofDirectory(model.name(), model.provider(), djl.from());
      boolean chat = djl.endpoint() == Endpoint.CHAT;
      return reference.used(djl, chat ? templates(model.name(), reference.location()) : "");
    }
    if (model.spec() instanceof OpenAiSpec server) {
      return ModelReference.behind(server);
    }
    if (model.spec() instanceof OnnxSpec encoder) {
      return ofEncoder(encoder);
    }
    return new ModelReference(
        model.provider(), model.canonical(), Hashes.hex(model.provider(), model.canonical()));
  }

  /**
   * A model of the product ({@code builtin:NAME}) or in a directory.
   *
   * @param name what the model is called, for messages
   * @throws ModelException if it is missing or damaged
   */
  public ModelReference ofDirectory(String name, String provider, String from) {
    if (from.startsWith(BUILTIN)) {
      return new ModelReference(
          provider, from, BuiltinModels.revision(from.substring(BUILTIN.length())));
    }
    Path folder = Path.of(from).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new ModelException(
          "Model '%s': there is no directory '%s'. Check 'from' of the entry, or use builtin:NAME (%s)."
              .formatted(name, from, String.join(", ", BuiltinModels.names())));
    }
    String revision =
        hashes.computeIfAbsent(
            stamps(WeightFiles.names(folder)), stamp -> ModelDirectory.revision(folder));
    return new ModelReference(provider, folder.toString(), revision);
  }

  private ModelReference ofEncoder(OnnxSpec spec) {
    if (spec.from().startsWith(BUILTIN)) {
      return ModelReference.encoder(spec, spec.from(), OnnxModels.revision(spec.from()));
    }
    EncoderFiles files = EncoderFiles.of(Path.of(spec.from()).toAbsolutePath());
    String content = hashes.computeIfAbsent(stamps(files.all()), stamp -> files.revision());
    return ModelReference.encoder(spec, files.folder().toString(), content);
  }

  private static String stamps(List<Path> files) {
    return files.stream().map(Contents::stamp).collect(joining("|"));
  }

  private static String templates(String name, String location) {
    Map<String, String> templates =
        location.startsWith(BUILTIN) ? Map.of() : ChatFiles.read(Path.of(location)).templates();
    if (templates.isEmpty()) {
      throw new ModelException(
          "Model '%s': endpoint is chat, but '%s' has no chat template (%s, or chat_template in %s). Add it, or use endpoint: completions."
              .formatted(name, location, ChatFiles.TEMPLATE, ChatFiles.CONFIG));
    }
    return new TreeMap<>(templates).toString();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return file.toAbsolutePath() + "|" + attributes.size() + "|" + attributes.lastModifiedTime();
    } catch (IOException e) {
      return file.toAbsolutePath() + "|missing";
    }
  }

  private static String sha256(Path file) {
    MessageDigest digest = Hashes.sha256();
    try {
      RegularFiles.check(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Hashing '%s' failed: %s.".formatted(file, e.getMessage()), e);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Hashing '%s' failed; a stage reads this file, so it must be there and readable."
              .formatted(file),
          e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
