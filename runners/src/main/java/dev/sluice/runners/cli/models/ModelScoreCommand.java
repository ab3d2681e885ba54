package dev.sluice.runners.cli.models;

import dev.sluice.models.directory.Head;
import dev.sluice.models.djl.TokenIdModel;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
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
    description =
        "Prints the log-probability (nats) of each token given the tokens before it, or the raw outputs of a classifier.")
final class ModelScoreCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "DIR", description = "Folder of the model, or builtin:NAME.")
  private String folder = "";

  @Option(
      names = "--ids-file",
      paramLabel = "F",
      required = true,
      description = "A JSON list of lists of token ids.")
  private Path idsFile = Path.of("");

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "Floating-point type in memory: float32 or bfloat16 (default: float32).")
  private String dtype = "float32";

  ModelScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<int[]> sequences = TokenLists.ids(idsFile);
    try (TokenIdModel model = ModelFolder.open(folder, dtype)) {
      switch (model.config().head()) {
        case LANGUAGE_MODEL -> logprobs(sequences, model.logprobs(sequences));
        case SEQUENCE_CLASSIFICATION -> scores(ofSequences(model.values(sequences)));
        case STEP_CLASSIFICATION -> scores(ofTokens(model.tokenLogits(sequences)));
      }
    }
    return ExitCode.DONE;
  }

  private void logprobs(List<int[]> sequences, List<float[]> logprobs) {
    if (global.json()) {
      List<Map<String, Object>> rows =
          logprobs.stream()
              .map(values -> Map.<String, Object>of("logprobs", doubles(values)))
              .toList();
      terminal.out().println(Json.compact(Map.of("sequences", rows)));
      return;
    }
    for (int i = 0; i < logprobs.size(); i++) {
      double sum = doubles(logprobs.get(i)).stream().mapToDouble(value -> value).sum();
      terminal
          .out()
          .printf(
              Locale.ROOT,
              "%d: %s tokens, log-probability %.4f, perplexity %.3f%n",
              i,
              Numbers.whole(sequences.get(i).length),
              sum,
              Math.exp(-sum / Math.max(1, logprobs.get(i).length)));
    }
  }

  /** For each sequence its raw outputs: a list of labels, or a list of those for each token. */
  private void scores(List<?> scores) {
    if (global.json()) {
      terminal.out().println(Json.compact(Map.of("scores", scores)));
    } else {
      scores.forEach(score -> terminal.out().println(score));
    }
  }

  private static List<List<Double>> ofSequences(float[] values) {
    List<List<Double>> rows = new ArrayList<>();
    for (float value : values) {
      rows.add(List.of((double) value));
    }
    return rows;
  }

  private static List<List<List<Double>>> ofTokens(List<float[]> logits) {
    List<List<List<Double>>> rows = new ArrayList<>();
    for (float[] row : logits) {
      List<Double> all = doubles(row);
      List<List<Double>> tokens = new ArrayList<>();
      for (int t = 0; t < all.size(); t += Head.LABELS) {
        tokens.add(all.subList(t, t + Head.LABELS));
      }
      rows.add(tokens);
    }
    return rows;
  }

  private static List<Double> doubles(float[] values) {
    List<Double> list = new ArrayList<>();
    for (float value : values) {
      list.add((double) value);
    }
    return list;
  }
}
