package dev.sluice.runners.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.djl.TokenizerReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Files of model directories: weights, configurations, adapters and tokenizers. */
final class DirectoryTargets {
  private static final String MODELS = "transforms/models/src/test/resources/dev/sluice/models/";
  private static final String BUILT_IN =
      "transforms/models/src/main/resources/dev/sluice/models/builtin/tiny-solver/";
  private static final String DIRECTORY = "dev.sluice.models.directory.";

  private static final List<String> HEADERS =
      List.of(
          "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},\"b\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[24,32]}}",
          "{\"w\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[0,2]}}",
          "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"y\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}");

  private static final List<String> WORDS =
      List.of(
          "F32",
          "F16",
          "BF16",
          "F64",
          "I8",
          "llama",
          "LlamaForCausalLM",
          "Gemma3ForCausalLM",
          "Qwen2ForTokenClassification",
          "gemma3_text",
          "mistral",
          "default",
          "llama3",
          "linear",
          "dynamic",
          "yarn",
          "silu",
          "gelu_pytorch_tanh",
          "sliding_attention",
          "full_attention",
          "model.safetensors",
          "../x",
          "all-linear",
          ".*q_proj",
          "(a+)+b",
          "CAUSAL_LM",
          "SEQ_CLS",
          "TOKEN_CLS",
          "LORA",
          "LOHA",
          "none",
          "all",
          "pissa",
          "base",
          ".",
          "/",
          "gaussian",
          "true");

  private DirectoryTargets() {}

  static List<Target> all() {
    JsonEdits headers = new JsonEdits(HEADERS, WORDS);
    JsonEdits configs = new JsonEdits(configs(), WORDS);
    JsonEdits adapters = new JsonEdits(adapters(), WORDS);
    JsonEdits tokenizers = new JsonEdits(tokenizers(), tokenizerWords());
    List<byte[]> files = new ArrayList<>(HEADERS.stream().map(DirectoryTargets::file).toList());
    return List.of(
        Target.named("safetensors")
            .mutated(files, List.of("F32", "BF16", "[", "]", "0", "4", ",", "\"", "{", "}"))
            .drawnBytes(draw -> file(headers.make(draw), draw))
            .refuses(ModelException.class)
            .covers(DIRECTORY + "Safetensors", DIRECTORY + "TensorPlaces")
            .reads(DirectoryTargets::weights),
        Target.named("model-configs")
            .drawn(configs::make)
            .refuses(ModelException.class)
            .covers(
                DIRECTORY + "ConfigReader",
                DIRECTORY + "ConfigKeys",
                DIRECTORY + "RopeReader",
                DIRECTORY + "ModelConfig",
                DIRECTORY + "FamilyData",
                DIRECTORY + "Family",
                DIRECTORY + "ModelDirectory",
                DIRECTORY + "OutputHead",
                DIRECTORY + "WeightFiles")
            .reads(DirectoryTargets::config),
        Target.named("adapters")
            .drawn(adapters::make)
            .refuses(ModelException.class)
            .covers(
                DIRECTORY + "AdapterConfig",
                DIRECTORY + "Adapter",
                DIRECTORY + "AdapterTargets",
                DIRECTORY + "NamePattern")
            .reads(DirectoryTargets::adapter),
        Target.named("tokenizers")
            .drawn(tokenizers::make)
            .refuses(ModelException.class)
            .covers(
                "dev.sluice.models.djl.TokenizerJson",
                "dev.sluice.models.djl.TokenizerPatterns",
                "dev.sluice.models.djl.TokenizerClasses",
                "dev.sluice.models.djl.TokenIds",
                "dev.sluice.models.djl.GuardedPattern",
                "dev.sluice.models.djl.PatternShape",
                "dev.sluice.models.djl.CharacterTokenizer",
                "dev.sluice.models.djl.HuggingFaceTextTokenizer",
                "dev.sluice.models.chat.ChatFiles")
            .reads(DirectoryTargets::tokenizer));
  }

  private static byte[] file(String header) {
    byte[] text = WideText.bytes(header);
    return ByteBuffer.allocate(8 + text.length + 32)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static byte[] file(String header, Draw draw) {
    byte[] text = WideText.bytes(header);
    int data = draw.chance(0.6) ? draw.word("32", "2", "4").length() * 16 : draw.below(64);
    long length = draw.chance(0.95) ? text.length : draw.bits();
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(length).put(text).array();
  }

  private static Target.Reader weights() {
    Path file = Scratch.create().folder().resolve("model.safetensors");
    return input -> {
      Files.write(file, input);
      Safetensors.Content content = Safetensors.read(file);
      content
          .tensors()
          .forEach(
              (name, tensor) ->
                  Broken.unless(
                      Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b)
                          == tensor.values().length,
                      "As many values as the shape says."));
      Broken.unless(placed(input) == input.length, "The tensors fill the file.");
      return true;
    };
  }

  /** Where the last tensor of a file ends if they lie one behind the other. */
  private static long placed(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    long end = 8L + length;
    for (Map.Entry<String, JsonNode> each :
        JsonEdits.tree(new String(file, 8, length, StandardCharsets.UTF_8)).properties()) {
      JsonNode place = each.getValue().path("data_offsets");
      end += place.path(1).asLong() - place.path(0).asLong();
    }
    return end;
  }

  /** Trees of the files of a directory, by name. */
  private static List<String> configs() {
    List<String> all = new ArrayList<>();
    for (Path config : Repository.files(MODELS + "families", "/config.json", 8000)) {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      tree.set("config.json", JsonEdits.tree(read(config)));
      Path generation = config.resolveSibling("generation_config.json");
      if (Files.exists(generation)) {
        tree.set("generation_config.json", JsonEdits.tree(read(generation)));
      }
      all.add(tree.toString());
    }
    ObjectNode indexed = JsonNodeFactory.instance.objectNode();
    indexed.set("config.json", JsonEdits.tree(Repository.text(BUILT_IN + "config.json")));
    indexed
        .putObject("model.safetensors.index.json")
        .putObject("weight_map")
        .put("a", "model.safetensors")
        .put("b", "part.safetensors");
    all.add(indexed.toString());
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Target.Reader config() {
    Scratch scratch = Scratch.create();
    byte[] weights = file(HEADERS.get(0));
    return input -> {
      Path folder = scratch.freshFolder();
      try {
        JsonNode tree = lay(folder, input);
        if (!tree.has("model.safetensors.index.json")) {
          Files.write(folder.resolve("model.safetensors"), weights);
        } else {
          Files.write(folder.resolve("part.safetensors"), weights);
        }
        ModelDirectory directory = ModelDirectory.read(folder);
        Broken.unless(
            directory.config().equals(ModelDirectory.read(folder).config()), "Read twice.");
        ModelDirectory.look(folder);
        return true;
      } finally {
        Scratch.remove(folder);
      }
    };
  }

  /** Writes what an input says of each file; an input that is no object is config.json itself. */
  private static JsonNode lay(Path folder, byte[] input) throws IOException {
    JsonNode tree;
    try {
      tree = JsonEdits.tree(WideText.text(input));
    } catch (java.io.UncheckedIOException e) {
      tree = JsonNodeFactory.instance.nullNode();
    }
    boolean any = false;
    for (Map.Entry<String, JsonNode> each : tree.properties()) {
      if (each.getKey().matches("[a-z_.]{3,40}\\.(json|jinja)")) {
        JsonNode value = each.getValue();
        String text =
            each.getKey().endsWith("jinja") && value.isTextual()
                ? value.asText()
                : value.toString();
        Files.write(folder.resolve(each.getKey()), WideText.bytes(text));
        any = true;
      }
    }
    if (!any) {
      Files.write(folder.resolve("config.json"), input);
      Files.write(folder.resolve("tokenizer.json"), input);
      Files.write(folder.resolve("adapter_config.json"), input);
    }
    return tree;
  }

  private static List<String> adapters() {
    List<String> all = new ArrayList<>();
    for (Path file : Repository.files(MODELS + "adapters", "/adapter_config.json", 8000)) {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      ObjectNode config = (ObjectNode) JsonEdits.tree(read(file));
      tree.set("adapter_config.json", config.put("base_model_name_or_path", "../base"));
      tree.put("weights", folderOf(file));
      all.add(tree.toString());
    }
    return all;
  }

  /** The name of the folder that holds a file. */
  private static String folderOf(Path file) {
    return Objects.requireNonNull(file.getParent()).getFileName().toString();
  }

  private static Target.Reader adapter() {
    Scratch scratch = Scratch.create();
    Path base = scratch.folder().resolve("base");
    List<Path> weights =
        Repository.files(MODELS + "adapters", "/adapter_model.safetensors", 1 << 20);
    try {
      Files.createDirectories(base);
      for (String name : List.of("config.json", "model.safetensors")) {
        Files.copy(Repository.path(MODELS + "families/llama/" + name), base.resolve(name));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return input -> {
      Path folder = scratch.freshFolder();
      try {
        String wanted = lay(folder, input).path("weights").asText();
        Path own =
            weights.stream()
                .filter(each -> folderOf(each).equals(wanted))
                .min(Comparator.naturalOrder())
                .orElse(weights.get(0));
        Files.createSymbolicLink(folder.resolve("adapter_model.safetensors"), own);
        ModelDirectory.read(folder);
        ModelDirectory.weights(folder);
        return true;
      } finally {
        Scratch.remove(folder);
      }
    };
  }

  private static List<String> tokenizers() {
    List<String> all = new ArrayList<>();
    List<Path> files = new ArrayList<>(Repository.files(MODELS + "chat", "/tokenizer.json", 6000));
    files.add(Repository.path(BUILT_IN + "tokenizer.json"));
    for (Path file : files) {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      tree.set("tokenizer.json", JsonEdits.tree(read(file)));
      for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
        if (Files.exists(file.resolveSibling(name))) {
          tree.set(name, JsonEdits.tree(read(file.resolveSibling(name))));
        }
      }
      all.add(tree.toString());
    }
    for (String tokenizer : TokenizerSeeds.ALL) {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      tree.set("tokenizer.json", JsonEdits.tree(tokenizer));
      tree.set("tokenizer_config.json", JsonEdits.tree(TokenizerSeeds.CONFIG));
      tree.set("special_tokens_map.json", JsonEdits.tree("{\"unk_token\":\"<unk>\"}"));
      tree.put("chat_template.jinja", "{{ messages }}");
      all.add(tree.toString());
    }
    return all;
  }

  private static List<String> tokenizerWords() {
    List<String> all = new ArrayList<>(TokenizerSeeds.WORDS);
    all.addAll(Odd.MARKS);
    return all;
  }

  private static Target.Reader tokenizer() {
    Scratch scratch = Scratch.create();
    return input -> {
      Path folder = scratch.freshFolder();
      try {
        lay(folder, input);
        return TokenizerReads.read(folder);
      } finally {
        Scratch.remove(folder);
      }
    };
  }
}
