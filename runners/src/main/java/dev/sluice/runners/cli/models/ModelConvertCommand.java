package dev.sluice.runners.cli.models;

import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.StoredType;
import dev.sluice.models.djl.ModelConverter;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "convert",
    description =
        "Writes a model as a plain Hugging Face directory: an adapter merged into its base, weights in one file, tokenizer and chat template with it.")
final class ModelConvertCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "DIR",
      description = "The folder of a model or of an adapter, or builtin:NAME.")
  private String folder = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where it goes: a folder that is new or empty.")
  private Path out = Path.of("");

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "Numbers on disk: float32, float16 or bfloat16 (default: each tensor's own; a merged one is rounded to it).")
  private @Nullable String dtype;

  ModelConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path from = ModelFolder.of(folder);
    StoredType type = dtype == null ? null : StoredType.of(dtype);
    ModelConverter.Result result = ModelConverter.convert(from, out, type);
    String types = result.types().stream().map(StoredType::key).collect(Collectors.joining(", "));
    Path base = ModelDirectory.base(from);
    if (global.json()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("folder", out.toString());
      facts.put("merged", !base.equals(from));
      facts.put("dtype", types);
      facts.put("files", result.files());
      facts.put("revision", result.revision());
      terminal.out().println(Json.compact(facts));
    } else {
      terminal
          .out()
          .printf(
              "%s%s: %s, %s%n",
              out,
              base.equals(from) ? "" : ", the adapter and its base " + base + " in one",
              types,
              String.join(" ", result.files()));
    }
    return ExitCode.DONE;
  }
}
