package dev.sluice.models.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.records.Hashes;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.json.JsonFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One model in Hugging Face form.
 *
 * @param config shape of the decoder
 * @param tokenizer the bytes of {@code tokenizer.json}; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record ModelDirectory(ModelConfig config, byte[] tokenizer) {
  public static final String CONFIG = "config.json";
  public static final String WEIGHTS = "model.safetensors";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String GENERATION_CONFIG = "generation_config.json";

  /** Tokenizers of a million tokens have some 64 MiB. */
  private static final long MAX_TEXT_BYTES = 1L << 29;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY = JSON.writer().with(SerializationFeature.INDENT_OUTPUT);

  /**
   * Reads everything but the weights.
   *
   * @throws ModelException naming the file and what is wrong with it
   */
  public static ModelDirectory read(Path folder) {
    Adapter adapter = Adapter.in(folder);
    Path base = adapter == null ? folder : adapter.base();
    Path file = base.resolve(CONFIG);
    ModelConfig config =
        ModelConfig.parse(json(file), file.toString(), adapter == null ? null : adapter.head());
    config = OutputHead.kept(base, config);
    config = adapter == null ? config : adapter.adapted(config);
    Path generation = base.resolve(GENERATION_CONFIG);
    if (Files.exists(generation)) {
      List<Integer> ends =
          new ConfigKeys(json(generation), generation.toString()).tokens("eos_token_id");
      if (!ends.isEmpty()) {
        config = config.withEndTokens(ends);
      }
    }
    Path tokenizer = place(folder, TOKENIZER);
    return new ModelDirectory(config, Files.exists(tokenizer) ? bytes(tokenizer) : new byte[0]);
  }

  /**
   * Looks at a folder without loading its weights: its configuration, and which weights its files
   * list.
   *
   * @return what a person should know of it
   * @throws ModelException naming the file and what is wrong with it
   */
  public static List<String> look(Path folder) {
    ModelDirectory unused = read(folder);
    WeightFiles unusedWeights = WeightFiles.of(folder);
    Adapter adapter = Adapter.in(folder);
    Path base = adapter == null ? folder : adapter.base();
    Path file = base.resolve(CONFIG);
    ModelConfig written =
        ModelConfig.parse(json(file), file.toString(), adapter == null ? null : adapter.head());
    return OutputHead.warning(base, written).stream().toList();
  }

  /**
   * The folder of the model that an adapter stands on; the folder itself if it holds no adapter.
   *
   * @throws ModelException if what the adapter says of it is wrong
   */
  public static Path base(Path folder) {
    return AdapterConfig.in(folder) ? AdapterConfig.read(folder).base() : folder;
  }

  /** Where a file of the text side lies: in the folder, else in that of an adapter's base. */
  public static Path place(Path folder, String name) {
    Path own = folder.resolve(name);
    return Files.exists(own) ? own : base(folder).resolve(name);
  }

  /** Reads the weights, unchecked against the configuration. */
  public static Safetensors.Content weights(Path folder) {
    return WeightFiles.of(folder).content();
  }

  /**
   * Writes the files into an existing folder.
   *
   * @throws ModelException if the disk does not take them
   */
  public void write(Path folder, Map<String, Tensor> weights) {
    try {
      ObjectNode generation = JSON.createObjectNode();
      ConfigWriter.putTokens(generation, config.endTokens());
      if (config.padToken() >= 0) {
        generation.put("pad_token_id", config.padToken());
      }
      Files.write(folder.resolve(CONFIG), PRETTY.writeValueAsBytes(config.toJson()));
      Files.write(folder.resolve(GENERATION_CONFIG), PRETTY.writeValueAsBytes(generation));
      if (tokenizer.length > 0) {
        Files.write(folder.resolve(TOKENIZER), tokenizer);
      }
      Safetensors.write(folder.resolve(WEIGHTS), weights, Map.of("format", "pt"));
    } catch (IOException e) {
      throw new ModelException(
          "The model cannot be written to " + folder + ": " + RegularFiles.why(e), e);
    }
  }

  /**
   * The content hash of a directory: tensor names, types, shapes and bytes, the keys of the
   * configuration that are read, and the tokenizer. 64 hexadecimal digits.
   */
  public static String revision(Path folder) {
    ModelDirectory directory = read(folder);
    WeightFiles files = WeightFiles.of(folder);
    MessageDigest digest = Hashes.sha256();
    digest.update(Hashes.bytes("model", directory.config().identity(), tokenizerHash(directory)));
    ByteBuffer buffer = WeightFiles.buffer();
    for (String name : files.tensors()) {
      Safetensors.Entry entry = files.entry(name);
      digest.update(Hashes.bytes(name, entry.type(), Arrays.toString(entry.shape())));
      files.readStored(name, buffer, (type, bytes) -> digest.update(bytes));
    }
    files.addTo(digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String tokenizerHash(ModelDirectory directory) {
    return HexFormat.of().formatHex(Hashes.sha256().digest(directory.tokenizer()));
  }

  static byte[] pretty(JsonNode json) throws IOException {
    return PRETTY.writeValueAsBytes(json);
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(new String(bytes(file), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ModelException(file + " is not JSON: " + JsonFault.words(e), e);
    }
  }

  /**
   * The bytes of a file that is not weights.
   *
   * @throws ModelException if it is not there, is no regular file, or is far larger than any such
   */
  public static byte[] bytes(Path file) {
    try {
      return RegularFiles.bytes(file, MAX_TEXT_BYTES);
    } catch (NoSuchFileException e) {
      throw new ModelException(file + " does not exist; a model directory needs it.", e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
