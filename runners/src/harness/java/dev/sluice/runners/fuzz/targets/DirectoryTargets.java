package dev.sluice.runners.fuzz.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import dev.sluice.models.directory.WeightReads;
import dev.sluice.models.djl.tokens.TokenizerReads;
import dev.sluice.runners.fuzz.inputs.Draw;
import dev.sluice.runners.fuzz.inputs.JsonEdits;
import dev.sluice.runners.fuzz.inputs.Odd;
import dev.sluice.runners.fuzz.inputs.Repository;
import dev.sluice.runners.fuzz.inputs.Scratch;
import dev.sluice.runners.fuzz.inputs.TokenizerSeeds;
import dev.sluice.runners.fuzz.inputs.WideText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  private static final List<String> TYPES =
      List.of("F32", "F16", "BF16", "F32", "F16", "BF16", "F64", "I8", "BOOL", "F8_E4M3", "");

  /** An embedding, and a head that differs from it. */
  private static final String HEAD =
      "{\"model.embed_tokens.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},\"lm_head.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[16,32]}}";

  /** Of how many inputs the weights are read as well, which takes longer. */
  private static final int WEIGHED = 32;

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
            .drawnBytes(DirectoryTargets::tensors)
            .refuses(ModelException.class)
            .covers(DIRECTORY + "Safetensors", DIRECTORY + "TensorPlaces")
            .notCounted("writes", DIRECTORY + "Safetensors.write")
            .notCounted(
                "widens the values that an adapter changes; the reader 'adapters' reads them",
                DIRECTORY + "Safetensors.widened")
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
            .notCounted(
                "makes a configuration out of another one",
                DIRECTORY + "ModelConfig.with",
                DIRECTORY + "ModelConfig.firstLayer")
            .notCounted(
                "writes",
                DIRECTORY + "ModelConfig.toJson",
                DIRECTORY + "ModelDirectory.write",
                DIRECTORY + "ModelDirectory.pretty")
            .notCounted(
                "changes weights in memory, as an adapter's reader says; 'adapters' counts it",
                DIRECTORY + "WeightFiles.adapt",
                DIRECTORY + "WeightFiles.replace",
                DIRECTORY + "WeightFiles.removeAll",
                DIRECTORY + "WeightFiles.untie",
                DIRECTORY + "WeightFiles.readAdapted")
            .reads(DirectoryTargets::config),
        Target.named("adapters")
            .drawn(adapters::make)
            .refuses(ModelException.class)
            .covers(
                DIRECTORY + "AdapterConfig",
                DIRECTORY + "Adapter",
                DIRECTORY + "AdapterTargets",
                DIRECTORY + "NamePattern",
                DIRECTORY + "WeightFiles")
            .notCounted(
                "reads an index of several files; the reader 'model-configs' counts it",
                DIRECTORY + "WeightFiles.indexed",
                DIRECTORY + "WeightFiles.map",
                DIRECTORY + "WeightFiles.names")
            .notCounted(
                "compares a model's head with its embedding; the reader 'model-configs' counts it",
                DIRECTORY + "WeightFiles.equal",
                DIRECTORY + "WeightFiles.fill")
            .reads(DirectoryTargets::adapter),
        Target.named("tokenizers")
            .drawn(tokenizers::make)
            .drawn(DirectoryTargets::cutter)
            .refuses(ModelException.class)
            .covers(
                "dev.sluice.models.djl.tokens.TokenizerJson",
                "dev.sluice.models.djl.tokens.TokenizerPatterns",
                "dev.sluice.models.djl.tokens.TokenizerClasses",
                "dev.sluice.models.djl.tokens.TokenIds",
                "dev.sluice.models.djl.tokens.GuardedPattern",
                "dev.sluice.models.djl.tokens.PatternShape",
                "dev.sluice.models.djl.tokens.CharacterTokenizer",
                "dev.sluice.models.djl.tokens.HuggingFaceTextTokenizer",
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

  /** Tensors of several types and shapes one behind the other, now and then in a wrong place. */
  private static byte[] tensors(Draw draw) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    if (draw.chance(0.3)) {
      header.putObject("__metadata__").put("format", "pt");
    }
    int place = 0;
    for (int i = draw.few(4); i >= 0; i--) {
      String type = draw.of(TYPES.subList(0, draw.chance(0.95) ? 6 : TYPES.size()));
      ObjectNode tensor = header.putObject(draw.word("a", "b", "w.weight", "") + i);
      tensor.put("dtype", type);
      int size = type.equals("F32") ? 4 : 2;
      for (int extents = draw.few(4); extents > 0; extents--) {
        int extent = draw.below(5);
        tensor.withArray("shape").add(extent);
        size *= extent;
      }
      tensor.withArray("shape");
      int begin = Math.max(0, place + (draw.chance(0.08) ? draw.between(-3, 3) : 0));
      place = begin + size;
      tensor.putArray("data_offsets").add(begin).add(place);
    }
    byte[] text = WideText.bytes(header.toString());
    int length = Math.max(0, place + (draw.chance(0.05) ? draw.between(-3, 3) : 0));
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    boolean wild = draw.chance(0.3);
    while (file.hasRemaining()) {
      file.put((byte) (wild ? draw.bits() : draw.below(2)));
    }
    return file.array();
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
      for (Map.Entry<String, Tensor> each : content.tensors().entrySet()) {
        content.require(file, each.getKey(), each.getValue().shape());
      }
      if (input.length % WEIGHED == 0) {
        content.require(file, "a", input.length);
      }
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
    ObjectNode whole = indexed.deepCopy();
    whole
        .putObject("model.safetensors.index.json")
        .putObject("weight_map")
        .put("model.embed_tokens.weight", "part.safetensors")
        .put("lm_head.weight", "part.safetensors");
    ObjectNode tied = whole.deepCopy();
    ((ObjectNode) tied.path("config.json")).put("tie_word_embeddings", true);
    ObjectNode single = tied.deepCopy();
    single.remove("model.safetensors.index.json");
    List.of(whole, tied, single).forEach(each -> all.add(each.toString()));
    for (String change :
        List.of(
            "{\"num_attention_heads\":65536,\"head_dim\":65536,\"num_key_value_heads\":1}",
            "{\"architectures\":[\"LlamaForSequenceClassification\"],\"pad_token_id\":999999999}",
            "{\"architectures\":[\"Gemma3ForTokenClassification\"],\"model_type\":\"gemma3_text\"}",
            "{\"rope_parameters\":{\"full_attention\":{\"rope_theta\":1e6}}}",
            "{\"partial_rotary_factor\":0.5}",
            "{\"rope_scaling\":{\"rope_type\":\"linear\",\"factor\":2.0,\"partial_rotary_factor\":0.5}}",
            "{\"model_type\":\"gemma3_text\",\"architectures\":[\"Gemma3ForCausalLM\"],\"rope_scaling\":{\"rope_type\":\"linear\",\"factor\":2.0},\"rope_parameters\":{\"full_attention\":{\"rope_theta\":1e6},\"sliding_attention\":{\"rope_theta\":1e4}}}",
            "{\"sliding_window\":0,\"use_sliding_window\":false,\"layer_types\":[\"sliding_attention\"],\"model_type\":\"qwen2\",\"architectures\":[\"Qwen2ForCausalLM\"]}")) {
      ObjectNode changed = single.deepCopy();
      ((ObjectNode) changed.path("config.json")).setAll((ObjectNode) JsonEdits.tree(change));
      all.add(changed.toString());
    }
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
    byte[] weights = file(HEAD);
    weights[weights.length - 1] = 1;
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
        Broken.unless(!directory.config().identity().isEmpty(), "It has an identity.");
        ModelDirectory.look(folder).forEach(Sentence::check);
        if (input.length % WEIGHED == 0) {
          WeightReads.read(folder, 2, 2);
        }
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
      if (each.getKey()
          .matches("[a-z_.]{3,40}\\.(json|jinja)|additional_chat_templates/[a-z]+\\.jinja")) {
        Files.createDirectories(Objects.requireNonNull(folder.resolve(each.getKey()).getParent()));
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
      ObjectNode tied = tree.deepCopy();
      ((ObjectNode) tied.path("adapter_config.json")).put("base_model_name_or_path", "../tied");
      all.add(tied.toString());
    }
    JsonNode first = JsonEdits.tree(all.get(0));
    // Most inputs are changes of good ones.
    all.addAll(List.copyOf(all));
    for (String change :
        List.of(
            "{\"init_lora_weights\":\"pissa\"}",
            "{\"layers_to_transform\":[0],\"layers_pattern\":\"layers\"}",
            "{\"layers_to_transform\":[0],\"layers_pattern\":[\"layers\",\"h\"]}",
            "{\"ensure_weight_tying\":true,\"base_model_name_or_path\":\"../tied\"}",
            "{\"modules_to_save\":[\"lm_head\"],\"base_model_name_or_path\":\"../tied\"}",
            "{\"target_modules\":[\"lm_head\",\"embed_tokens\"],\"ensure_weight_tying\":true,\"base_model_name_or_path\":\"../tied\"}",
            "{\"rank_pattern\":{\"(\":8}}",
            "{\"alpha_pattern\":{\"(.*)*(.*)*(.*)*x\":8}}",
            "{\"target_modules\":\"(.*a)*(.*b)*(.*c)*(.*)*z\"}",
            "{\"exclude_modules\":\"(a|b|.)*(.*)*(.*)*z\"}",
            "{\"base_model_name_or_path\":\"a\\u0000b\"}",
            "{\"base_model_name_or_path\":\"org/model\"}",
            "{\"base_model_name_or_path\":\"base\"}")) {
      ObjectNode changed = first.deepCopy();
      ((ObjectNode) changed.path("adapter_config.json"))
          .setAll((ObjectNode) JsonEdits.tree(change));
      all.add(changed.toString());
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
      for (String family : List.of("llama", "llama-tied")) {
        Path of = family.equals("llama") ? base : base.resolveSibling("tied");
        Files.createDirectories(of);
        for (String name : List.of("config.json", "model.safetensors")) {
          Files.copy(Repository.path(MODELS + "families/" + family + "/" + name), of.resolve(name));
        }
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
        if (input.length % WEIGHED == 0) {
          WeightReads.read(folder, 2, 2);
        }
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
    List<String> seeds = new ArrayList<>(TokenizerSeeds.ALL);
    seeds.addAll(Collections.nCopies(TokenizerSeeds.CLASSES.size(), TokenizerSeeds.ALL.get(0)));
    for (int i = 0; i < seeds.size(); i++) {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      tree.set("tokenizer.json", JsonEdits.tree(seeds.get(i)));
      int known = i - TokenizerSeeds.ALL.size();
      tree.set(
          "tokenizer_config.json",
          JsonEdits.tree(known < 0 ? TokenizerSeeds.CONFIG : TokenizerSeeds.CLASSES.get(known)));
      tree.set("special_tokens_map.json", JsonEdits.tree("{\"unk_token\":\"<unk>\"}"));
      if (i % 2 == 0) {
        tree.put("chat_template.jinja", "{{ messages }}");
        tree.put("additional_chat_templates/tool.jinja", "{{ tools }}");
      }
      all.add(tree.toString());
    }
    return all;
  }

  /** A tokenizer that cuts by an expression. */
  private static String cutter(Draw draw) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    JsonNode tokenizer = JsonEdits.tree(TokenizerSeeds.ALL.get(0));
    ObjectNode split = (ObjectNode) tokenizer.at("/pre_tokenizer/pretokenizers/0");
    split.put("behavior", draw.word("Isolated", "Removed", "Contiguous", "MergedWithNext"));
    StringBuilder expression = new StringBuilder();
    for (int i = draw.between(1, 5); i > 0; i--) {
      expression.append(draw.of(TokenizerSeeds.EXPRESSIONS));
    }
    ((ObjectNode) split.path("pattern")).put("Regex", expression.toString());
    return tree.set("tokenizer.json", tokenizer).toString();
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
