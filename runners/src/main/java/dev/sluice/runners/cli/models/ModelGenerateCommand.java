package dev.sluice.runners.cli.models;

import dev.sluice.models.Completion;
import dev.sluice.models.Sampling;
import dev.sluice.models.djl.TokenIdModel;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "generate", description = "Generates completions for prompts.")
final class ModelGenerateCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "DIR", description = "Folder of the model, or builtin:NAME.")
  private String folder = "";

  @Option(
      names = "--ids-file",
      paramLabel = "F",
      description = "A JSON list of prompts, each a list of token ids.")
  private @Nullable Path idsFile;

  @Option(
      names = "--prompt-file",
      paramLabel = "F",
      description = "Prompts, one JSON string per line.")
  private @Nullable Path promptFile;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "A prompt. Repeatable.")
  private List<String> prompts = new ArrayList<>();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Maximum length of a completion, in tokens (default: 64).")
  private int maxTokens = 64;

  @Option(names = "--greedy", description = "Always choose the most likely token.")
  private boolean greedy;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Sampling temperature; 0 is greedy (default: 1).")
  private double temperature = 1;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description =
          "Nucleus sampling: sample from the smallest set of tokens with at least this probability (default: 1).")
  private double topP = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Sample from this many most likely tokens; 0 keeps all (default: 0).")
  private int topK;

  @Option(names = "--stop", paramLabel = "TEXT", description = "Stop sequence.")
  private List<String> stop = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Seed of the random numbers (default: 7).")
  private long seed = 7;

  @Option(names = "-n", paramLabel = "N", description = "Completions per prompt (default: 1).")
  private int samples = 1;

  @Option(names = "--ignore-eos", description = "Continue after the end-of-text token.")
  private boolean ignoreEnd;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "Floating-point type in memory: float32 or bfloat16 (default: float32).")
  private String dtype = "float32";

  ModelGenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    long given =
        Stream.of(idsFile, promptFile, prompts.isEmpty() ? null : prompts)
            .filter(Objects::nonNull)
            .count();
    if (given != 1) {
      throw new UserMistake(
          "Prompts come from --prompt, --prompt-file or --ids-file; give one of them.");
    }
    if (samples < 1) {
      throw new UserMistake("-n is at least 1, not %d.".formatted(samples));
    }
    Sampling sampling = sampling();
    try (TokenIdModel model = ModelFolder.open(folder, dtype)) {
      List<int[]> prompts = prompts(model);
      List<List<Long>> seeds = new ArrayList<>();
      for (int p = 0; p < prompts.size(); p++) {
        List<Long> own = new ArrayList<>();
        for (int k = 0; k < samples; k++) {
          own.add(Hashes.seed(seed, "generate", "", p, "", k));
        }
        seeds.add(own);
      }
      say(model.generate(prompts, sampling, seeds, ignoreEnd), model.hasTokenizer());
    }
    return ExitCode.DONE;
  }

  private List<int[]> prompts(TokenIdModel model) {
    if (idsFile != null) {
      return TokenLists.ids(idsFile);
    }
    List<String> texts = promptFile == null ? prompts : TokenLists.texts(promptFile);
    return texts.stream().map(model::encode).toList();
  }

  private Sampling sampling() {
    try {
      return new Sampling(greedy ? 0 : temperature, topP, topK, maxTokens, stop);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }

  private void say(List<List<Completion>> completions, boolean withText) {
    if (global.json()) {
      List<List<Map<String, Object>>> rows =
          completions.stream()
              .map(each -> each.stream().map(one -> row(one, withText)).toList())
              .toList();
      terminal.out().println(Json.compact(Map.of("completions", rows)));
      return;
    }
    for (int p = 0; p < completions.size(); p++) {
      for (Completion completion : completions.get(p)) {
        terminal
            .out()
            .printf(
                "%d (%s tokens, %s): %s%n",
                p, Numbers.whole(completion.tokenCount()), reason(completion), completion.text());
      }
    }
  }

  private static String reason(Completion completion) {
    return completion.finishReason().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> row(Completion completion, boolean withText) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("ids", Arrays.stream(completion.tokens()).boxed().toList());
    row.put("text", withText ? completion.text() : null);
    row.put("finish_reason", reason(completion));
    return row;
  }
}
