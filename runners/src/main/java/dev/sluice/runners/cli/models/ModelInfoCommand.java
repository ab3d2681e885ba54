package dev.sluice.runners.cli.models;

import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.djl.TokenIdModel;
import dev.sluice.models.onnx.OnnxEmbedder;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "info",
    description =
        "Loads a model directory and prints its shape, weights, content hash and KV-cache memory.")
final class ModelInfoCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "DIR",
      description = "Folder of a model or a sentence encoder, or builtin:NAME.")
  private String folder = "";

  ModelInfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, Object> facts = OnnxModels.isEncoder(folder) ? encoder() : model();
    if (global.json()) {
      terminal.out().println(Json.compact(facts));
    } else {
      facts.forEach(
          (name, value) ->
              terminal
                  .out()
                  .printf(
                      "%-22s %s%n",
                      name.replace('_', ' '),
                      value instanceof Number number ? Numbers.whole(number.longValue()) : value));
    }
    return ExitCode.DONE;
  }

  private Map<String, Object> encoder() {
    Map<String, Object> facts = new LinkedHashMap<>();
    try (OnnxEmbedder encoder = OnnxModels.open(folder, folder)) {
      facts.put("folder", folder);
      facts.put("architecture", "sentence encoder");
      facts.put("dimensions", encoder.dimensions());
      facts.put("pooling", encoder.pooling());
      facts.put("context", encoder.info().contextLength());
      facts.put("revision", encoder.info().revision());
    }
    return facts;
  }

  private Map<String, Object> model() {
    Path path = ModelFolder.of(folder);
    Map<String, Object> facts = new LinkedHashMap<>();
    try (TokenIdModel model = ModelFolder.open(folder, "float32")) {
      ModelConfig config = model.config();
      facts.put("folder", path.toString());
      facts.put("architecture", config.family().architecture(config.head()));
      facts.put("parameters", model.info("").parameters());
      facts.put("layers", config.layers());
      facts.put("hidden_size", config.hiddenSize());
      facts.put("heads", config.heads());
      facts.put("key_value_heads", config.keyValueHeads());
      facts.put("vocabulary", config.vocabularySize());
      facts.put("context", config.maxPositions());
      facts.put("end_tokens", config.endTokens());
      facts.put("cache_bytes_per_token", model.cacheBytesPerToken());
      Path base = ModelDirectory.base(path);
      if (!base.equals(path)) {
        facts.put("adapter_of", base.toString());
      }
      facts.put("tokenizer", Files.exists(ModelDirectory.place(path, ModelDirectory.TOKENIZER)));
      facts.put("revision", model.info("").revision());
    }
    return facts;
  }
}
