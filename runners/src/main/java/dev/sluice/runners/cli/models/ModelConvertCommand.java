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
        "Writes a model as a plain Hugging Face directory: adapters merged into the base weights, weights in one file, with tokenizer and chat template.")
final class ModelConvertCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "DIR", description = "Folder of a model or an adapter, or builtin:NAME.")
  private String folder = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Output folder, which must be new or empty.")
  private Path out = Path.of("");

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "Floating-point type of the output: float32, float16 or bfloat16 (default: each tensor's own type).")
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
