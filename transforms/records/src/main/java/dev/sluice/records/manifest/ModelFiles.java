package dev.sluice.records.manifest;

import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import dev.sluice.records.parquet.TableException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of model directories in the layout of Hugging Face. The digest covers names, types, shapes
 * and bytes of the tensors of all {@code *.safetensors}, however they are cut into files; the
 * tokenizer; and the JSON settings without keys that say only where a model came from.
 */
public final class ModelFiles {
  private static final Set<String> ORIGINS =
      Set.of("_name_or_path", "name_or_path", "_commit_hash", "transformers_version");
  private static final Set<String> SETTINGS =
      Set.of(
          "config.json",
          "generation_config.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "adapter_config.json");
  private static final Set<String> WHOLE =
      Set.of("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "merges.txt");
  private static final List<String> WHOLE_ENDINGS = List.of(".gguf", ".onnx", ".jinja");
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private ModelFiles() {}

  /**
   * Hashes a model directory. What lies in folders below it, such as the state of an optimiser, is
   * listed with its hash, but is no part of the digest.
   *
   * @param path the place to record, relative to the workspace
   * @throws TableException if a file of the model is damaged
   */
  public static ModelFolder describe(Path folder, String path) {
    Map<String, String> files = new TreeMap<>();
    Map<String, String> parts = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        if (folder.equals(file.getParent())) {
          describe(file, files, parts);
        } else {
          files.put(folder.relativize(file).toString().replace('\\', '/'), sha256(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The model %s cannot be read.".formatted(folder), e);
    }
    List<Object> all = new ArrayList<>(List.of("model"));
    parts.forEach(
        (name, hash) -> {
          all.add(name);
          all.add(hash);
        });
    return new ModelFolder(path, files, Hashes.hex(all.toArray()));
  }

  /**
   * Lists a folder of files that are no model, each with its hash.
   *
   * @param path the place to record, relative to the workspace
   * @param digest what the folder is known by
   */
  public static ModelFolder list(Path folder, String path, String digest) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), sha256(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s cannot be read.".formatted(folder), e);
    }
    return new ModelFolder(path, files, digest);
  }

  private static void describe(Path file, Map<String, String> files, Map<String, String> parts)
      throws IOException {
    String name = file.getFileName().toString();
    MessageDigest sha256 = Hashes.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      if (name.endsWith(".safetensors")) {
        tensors(file, new DataInputStream(in), parts);
      } else if (SETTINGS.contains(name)) {
        parts.put("file " + name, Hashes.hex(settings(file, in.readAllBytes())));
      }
      in.transferTo(OutputStream.nullOutputStream());
    }
    files.put(name, HexFormat.of().formatHex(sha256.digest()));
    if (WHOLE.contains(name) || WHOLE_ENDINGS.stream().anyMatch(name::endsWith)) {
      parts.put("file " + name, files.get(name));
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest sha256 = Hashes.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static String settings(Path file, byte[] json) {
    Object tree = parsed(file, json);
    if (tree instanceof Map<?, ?> fields) {
      Map<String, @Nullable Object> kept = new TreeMap<>();
      fields.forEach((key, value) -> kept.put(key.toString(), value));
      kept.keySet().removeAll(ORIGINS);
      return Json.canonical(kept);
    }
    return Json.canonical(tree);
  }

  private static @Nullable Object parsed(Path file, byte[] json) {
    try {
      return Json.parse(json);
    } catch (JsonException e) {
      throw damaged(file, "it holds no valid JSON", e);
    }
  }

  /** One tensor of a file: where its bytes begin and end behind the header. */
  private record Tensor(String name, String dtype, String shape, long begin, long end) {}

  private static void tensors(Path file, DataInputStream in, Map<String, String> parts)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long position = 0;
    for (Tensor tensor : header(file, in)) {
      if (tensor.begin != position || tensor.end < tensor.begin) {
        throw damaged(file, "the tensor '%s' overlaps another".formatted(tensor.name), null);
      }
      MessageDigest sha256 = Hashes.sha256();
      for (long left = tensor.end - tensor.begin; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw damaged(file, "it ends %d bytes early".formatted(left), null);
        }
        sha256.update(buffer, 0, read);
        left -= read;
      }
      position = tensor.end;
      parts.put(
          "tensor " + tensor.name,
          Hashes.hex(tensor.dtype, tensor.shape, HexFormat.of().formatHex(sha256.digest())));
    }
    if (in.read() >= 0) {
      throw damaged(file, "bytes follow the last tensor", null);
    }
  }

  private static List<Tensor> header(Path file, DataInputStream in) throws IOException {
    byte[] prefix = in.readNBytes(Long.BYTES);
    long length =
        prefix.length < Long.BYTES
            ? -1
            : ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_HEADER_BYTES) {
      throw damaged(file, "the length of its header makes no sense", null);
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length < length) {
      throw damaged(file, "it ends within its header", null);
    }
    List<Tensor> tensors = new ArrayList<>();
    if (!(parsed(file, header) instanceof Map<?, ?> entries)) {
      throw damaged(file, "its header is not a table of tensors", null);
    }
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      String name = entry.getKey().toString();
      if (name.equals("__metadata__")) {
        continue;
      }
      if (entry.getValue() instanceof Map<?, ?> fields
          && fields.get("dtype") instanceof String dtype
          && fields.get("shape") instanceof List<?> shape
          && fields.get("data_offsets") instanceof List<?> offsets
          && offsets.size() == 2
          && offsets.get(0) instanceof Long begin
          && offsets.get(1) instanceof Long end) {
        tensors.add(new Tensor(name, dtype, Json.canonical(shape), begin, end));
      } else {
        throw damaged(
            file, "its header lacks type, shape or place of the tensor '%s'".formatted(name), null);
      }
    }
    tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    return tensors;
  }

  private static TableException damaged(Path file, String how, @Nullable Throwable cause) {
    return new TableException(
        "The file %s of a model is damaged: %s. Fetch or train the model again."
            .formatted(file, how),
        cause);
  }
}
