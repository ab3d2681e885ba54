package dev.sluice.runners.cli.models;

import dev.sluice.methods.prompt.Asked;
import dev.sluice.methods.prompt.Form;
import dev.sluice.methods.prompt.PromptPurpose;
import dev.sluice.methods.prompt.Subject;
import dev.sluice.methods.reply.Reading;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.provider.ModelEntry;
import dev.sluice.models.provider.OpenRequest;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.records.Names;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.FileHashes;
import dev.sluice.runners.cli.run.StatusCommand;
import dev.sluice.runners.cli.run.Submission;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "try",
    description = {
      "Shows the prompt text for one row, and with --model also the reply and its parsed result.",
      "Nothing is written to the run."
    })
final class PromptsTryCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "FILE|NAME",
      description = "A prompt file, or the name of a built-in prompt.")
  private String prompt = "";

  @Option(
      names = "--row",
      paramLabel = "RUN/STAGE:ID",
      required = true,
      description = "A solution or a problem, by its id or the first characters of it.")
  private String row = "";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A model of the run's pipeline file. It gets one request.")
  private @Nullable String model;

  @Option(names = "--form", paramLabel = "FORM", description = "chat or few_shot (default: chat).")
  private Form form = Form.CHAT;

  @Option(
      names = "--asks-for",
      paramLabel = "WHAT",
      description = "With the prompt 'task': steps, outcome or solution (default: steps).")
  private PromptPurpose asksFor = PromptPurpose.STEPS;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Sampling temperature; 0 is greedy (default: 0).")
  private double temperature;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Maximum length of the reply, in tokens (default: 512).")
  private int maxTokens = 512;

  PromptsTryCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<PromptTrial> found = PromptTrial.of(prompt, form, asksFor, terminal);
    if (found.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    PromptTrial tried = found.get();
    Subject subject = TrialRow.find(row, global);
    Asked asked = tried.asked(subject);
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("system", asked.system());
    said.put("text", asked.text());
    if (model == null) {
      print(said);
      return ExitCode.DONE;
    }
    Optional<Completion> reply = reply(model, tried, asked);
    if (reply.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    read(tried, subject, reply.get(), said);
    print(said);
    return ExitCode.DONE;
  }

  private Optional<Completion> reply(String name, PromptTrial tried, Asked asked) {
    String run = row.substring(0, Math.max(0, row.indexOf('/')));
    Optional<LoadResult> checked =
        Submission.of(StatusCommand.find(global, run), services, terminal, global).checked();
    if (checked.isEmpty()) {
      return Optional.empty();
    }
    PipelineSpec spec = checked.get().spec().orElseThrow();
    PipelineSpec.Model entry = spec.models().get(name);
    if (entry == null) {
      String near = Names.nearest(name, spec.models().keySet());
      throw new UserMistake(
          "The run's file has no model '%s'%s; it has %s."
              .formatted(
                  name,
                  near == null ? "" : " (did you mean '" + near + "'?)",
                  String.join(", ", spec.models().keySet())));
    }
    OpenRequest request =
        OpenRequest.alone(
            entry
                .provider()
                .identity(new ModelEntry(name, entry.decisive(), entry.paths(), new FileHashes())));
    try (LanguageModel opened = entry.provider().open(request)) {
      Generation generation =
          opened
              .generate(
                  List.of(
                      new GenerationRequest(
                          asked.text(),
                          sampling().endedBy(tried.stop()),
                          List.of(0L),
                          asked.system(),
                          asked.schema())))
              .get(0);
      if (generation.error() != null) {
        throw new UserMistake(
            "The model '%s' gave no reply: %s".formatted(name, generation.error()));
      }
      return Optional.of(generation.completions().get(0));
    }
  }

  private Sampling sampling() {
    try {
      return Sampling.at(temperature, maxTokens);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }

  private static void read(
      PromptTrial tried, Subject subject, Completion reply, Map<String, @Nullable Object> said) {
    said.put("reply", reply.text());
    said.put("finish_reason", reply.finishReason().name().toLowerCase(Locale.ROOT));
    if (tried.asksForSolution()) {
      boolean finished = reply.finishReason() == Completion.FinishReason.STOP;
      said.put("passes", tried.passes(subject, reply.text(), finished));
      return;
    }
    Reading reading = tried.read(subject, reply.text());
    said.put("parsed", reading.parsed());
    said.put("steps", PromptTrial.steps(subject));
    said.put("verdicts", reading.verdicts().orElse(null));
    said.put("stated", reading.stated());
    said.put("outcome", reading.outcome().orElse(null));
    said.put("score", reading.score().isPresent() ? reading.score().getAsDouble() : null);
    said.put("preference", reading.preference().map(Enum::name).orElse(null));
    said.put("fields", reading.fields());
  }

  private void print(Map<String, @Nullable Object> said) {
    PrintStream out = terminal.out();
    if (global.json()) {
      out.println(Json.compact(said));
      return;
    }
    String system = String.valueOf(said.get("system"));
    if (!system.isEmpty()) {
      out.printf("--- system%n%s%n", system);
    }
    out.printf("--- prompt%n%s%n", said.get("text"));
    if (!said.containsKey("reply")) {
      return;
    }
    out.printf("--- reply (%s)%n%s%n--- read as%n", said.get("finish_reason"), said.get("reply"));
    if (said.containsKey("passes")) {
      out.printf("format gate: %s%n", Boolean.TRUE.equals(said.get("passes")) ? "passes" : "fails");
      return;
    }
    if (!Boolean.TRUE.equals(said.get("parsed"))) {
      out.println("nothing: the reply is an abstention");
      return;
    }
    out.printf("steps of the solution: %s%n", said.get("steps"));
    line(out, "verdicts", verdicts(said.get("verdicts")));
    line(out, "verdicts stated", verdicts(said.get("stated")));
    line(out, "outcome", said.get("outcome") == null ? "" : word(said.get("outcome")));
    line(out, "score", said.get("score") == null ? "" : String.valueOf(said.get("score")));
    line(out, "preference", String.valueOf(said.getOrDefault("preference", "")));
    if (said.get("fields") instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> line(out, String.valueOf(name), String.valueOf(value)));
    }
  }

  private static void line(PrintStream out, String title, String text) {
    if (!text.isEmpty() && !text.equals("null")) {
      out.printf("%s: %s%n", title, text);
    }
  }

  private static String verdicts(@Nullable Object verdicts) {
    return verdicts instanceof List<?> list
        ? list.stream().map(PromptsTryCommand::word).collect(Collectors.joining(", "))
        : "";
  }

  private static String word(@Nullable Object verdict) {
    return Boolean.TRUE.equals(verdict) ? "correct" : "incorrect";
  }
}
