package dev.sluice.runners.cli;

import dev.sluice.models.djl.DirectModel;
import dev.sluice.records.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "score",
    description = "Log-probabilities (nats) of each token after the first, given those before it.")
final class ModelScoreCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "DIR", description = "The model's folder, or builtin:NAME.")
  private String folder = "";

  @Option(
      names = "--ids-file",
      paramLabel = "F",
      required = true,
      description = "A JSON list of lists of token ids.")
  private Path idsFile = Path.of("");

  ModelScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<int[]> sequences = TokenLists.ids(idsFile);
    try (DirectModel model = DirectModel.open(ModelFolder.of(folder))) {
      List<float[]> logprobs = model.logprobs(sequences);
      if (global.json()) {
        List<Map<String, Object>> rows =
            logprobs.stream()
                .map(values -> Map.<String, Object>of("logprobs", doubles(values)))
                .toList();
        terminal.out().println(Json.compact(Map.of("sequences", rows)));
      } else {
        for (int i = 0; i < logprobs.size(); i++) {
          double sum = 0;
          for (float value : logprobs.get(i)) {
            sum += value;
          }
          terminal
              .out()
              .printf(
                  Locale.ROOT,
                  "%d: %s tokens, log-probability %.4f, perplexity %.3f%n",
                  i,
                  Numbers.whole(sequences.get(i).length),
                  sum,
                  Math.exp(-sum / logprobs.get(i).length));
        }
      }
    }
    return ExitCode.DONE;
  }

  private static List<Double> doubles(float[] values) {
    List<Double> list = new ArrayList<>();
    for (float value : values) {
      list.add((double) value);
    }
    return list;
  }
}
