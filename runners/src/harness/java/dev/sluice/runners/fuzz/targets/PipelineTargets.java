package dev.sluice.runners.fuzz.targets;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.runners.fuzz.inputs.Draw;
import dev.sluice.runners.fuzz.inputs.JsonEdits;
import dev.sluice.runners.fuzz.inputs.Odd;
import dev.sluice.runners.fuzz.inputs.Repository;
import dev.sluice.runners.fuzz.inputs.WideText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Pipeline files, with models, schedules, parameters and values from the command line. */
final class PipelineTargets {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "sk-hidden-0123456789";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SECRET", SECRET, "HOME", "/root", "EMPTY", "");

  /** Between the file and what is set over it. */
  private static final String SETS = "\n#--set\n";

  private static final List<String> MARKS =
      List.of(
          "\n",
          "\n  ",
          "\n    ",
          "- ",
          ": ",
          "{",
          "}",
          "[",
          "]",
          ",",
          "'",
          "\"",
          "|\n",
          ">\n",
          "&a",
          "*a",
          "<<: *a",
          "!!str ",
          "!x ",
          "# ",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "? ",
          "~",
          "\t",
          "${SECRET}",
          "${HOME}",
          "${NOWHERE}",
          "${param.x}",
          "${param.x:7}",
          "${param.limit:",
          "$${",
          "${",
          "}",
          "${fire.date}",
          "${fire.time}",
          "null",
          "true",
          "yes",
          "0o17",
          "1e3",
          ".inf",
          ".nan",
          "name",
          "models",
          "pipeline",
          "transforms",
          "config",
          "input",
          "schedule",
          "cron",
          "budget",
          "alerts",
          "seed",
          "provider",
          "openai",
          "djl",
          "builtin:tiny-solver",
          "type",
          SETS,
          "pipeline.transforms[0].config.count=3",
          "seed=5",
          "problems.config.x=1");

  private static final List<String> EXTRA =
      List.of(
          """
          name: served
          seed: 7
          models:
            judge: {provider: openai, base_url: 'http://127.0.0.1:8000/v1', model: m, revision: '1', api_key_env: SECRET, request: {max_completion_tokens: $max_tokens, reasoning_effort: low}, timeouts: {connect: 1s, total: 5m}, price: {prompt: 0.1, completion: 0.2}}
            encoder: {provider: onnx, from: 'builtin:encoder'}
            many: {provider: openai, base_urls: ['http://a/v1', 'http://b/v1'], model: m, revision: '${param.x:2}', endpoint: completions, logprobs: true, requests_per_minute: 60}
          pipeline:
            type: composite
            transforms:
              - {type: SynthesizeProblems, name: problems, config: {source: {kind: file, path: a.jsonl, columns: {question: q, reference_answer: '${SECRET}'}, limit: 5}}}
              - {type: FilterProblems, name: filtered, input: problems, config: {}}
              - {type: SampleSolutions, name: solutions, input: {problems: filtered}, config: {model: judge, samples: 4, stop: ["\\n"], error_handling: {output: errors}}}
              - {type: VerifySolutions, name: votes, config: {model: many, votes: 3, prompt: {family: spark, form: few_shot}}}
              - {type: AggregateStepLabels, name: labels, config: {estimator: step_majority, select: first}}
          schedule: {cron: '0 2 * * *', time_zone: Europe/Zurich, catch_up: latest, overlap: queue, start: 2027-03-01, params: {x: '${fire.date}'}}
          budget: {usd: 5, tokens: 100000}
          alerts:
            - {kind: webhook, url: 'https://example.org/hook', on: [failed, late]}
          """,
          "name: &a x\nmodels: {}\npipeline: {type: chain, transforms: [*a, {type: Evaluate, name: *a}]}\n");

  /** The others of the package write: schemas, pages and fingerprints. */
  private static final List<String> READERS =
      List.of(
          "PipelineFile",
          "yaml.YamlReader",
          "yaml.SyntaxErrors",
          "yaml.UnclosedQuote",
          "yaml.Scalars",
          "ScalarValues",
          "yaml.Substitution",
          "yaml.Overrides",
          "Binder",
          "FileBinder",
          "StageBinder",
          "ErrorHandling",
          "check.ModelCheck",
          "check.WiringCheck",
          "check.ScheduleCheck",
          "Rules",
          "yaml.Findings",
          "yaml.Mistake",
          "yaml.YamlNode",
          "check.StageDraft",
          "BaseFolders",
          "Schedule",
          "Timestamps",
          "yaml.Position",
          "check.Reference");

  private PipelineTargets() {}

  static List<Target> all() {
    List<String> valid = new ArrayList<>(EXTRA);
    valid.addAll(Repository.texts("configs", ".yaml", 9000));
    List<String> broken = new ArrayList<>(valid);
    broken.addAll(Repository.texts("pipelines/src/test/resources/good", ".yaml", 5000));
    broken.addAll(Repository.texts("pipelines/src/test/resources/broken", ".yaml", 3000));
    List<String> trees = new ArrayList<>();
    for (String text : valid) {
      trees.add(json(text));
    }
    JsonEdits edits = new JsonEdits(trees, MARKS);
    return List.of(
        Target.named("pipeline-files")
            .mutatedTexts(broken, MARKS)
            .drawn(edits::make)
            .drawn(draw -> edits.make(draw) + SETS + sets(edits, draw))
            .covers(
                Stream.concat(
                        READERS.stream().map("dev.sluice.pipelines.file."::concat),
                        Stream.of("dev.sluice.records.Names"))
                    .toArray(String[]::new))
            .reads(PipelineTargets::reader));
  }

  private static String json(String yaml) {
    try {
      return JSON.writeValueAsString(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("A valid file is no tree.", e);
    }
  }

  private static String sets(JsonEdits edits, Draw draw) {
    List<String> all = new ArrayList<>();
    for (int i = draw.few(3); i >= 0; i--) {
      String path =
          draw.word(
              "seed",
              "pipeline.transforms[0].config",
              "pipeline.transforms.problems.config.source.count",
              "problems",
              "models.judge.model",
              "schedule",
              "a.b[3].c",
              "[0]",
              "",
              "name",
              "budget.usd",
              "pipeline.transforms[99]",
              "pipeline.transforms[-1].name");
      String value = draw.chance(0.5) ? Odd.piece(draw) : edits.make(draw);
      all.add(path + (draw.chance(0.95) ? "=" : "") + value.replace("\n", " "));
    }
    return String.join("\n", all);
  }

  private static Target.Reader reader() {
    Registry registry = Registry.get();
    return input -> {
      String all = WideText.text(input);
      int end = all.indexOf(SETS);
      String text = end < 0 ? all : all.substring(0, end);
      List<String> sets = end < 0 ? List.of() : all.substring(end + SETS.length()).lines().toList();
      Map<String, String> params = text.contains("${param.x") ? Map.of("x", "3") : Map.of();
      LoadResult loaded =
          PipelineFile.load("pipeline.yaml", text, params, sets, ENVIRONMENT, registry);
      check(loaded);
      if (text.contains("schedule")) {
        check(
            PipelineFile.loadScheduled(
                Path.of("pipeline.yaml"),
                text,
                Instant.parse("2027-03-01T06:00:00Z"),
                Map.of(),
                sets,
                ENVIRONMENT,
                registry));
      }
      return loaded.mistakes().isEmpty();
    };
  }

  private static void check(LoadResult loaded) {
    List<Mistake> all = new ArrayList<>(loaded.mistakes());
    all.addAll(loaded.warnings());
    for (Mistake mistake : all) {
      Sentence.check(mistake.toString());
      Broken.unless(!mistake.toString().contains(SECRET), "A secret is told: %s", mistake);
      Broken.unless(mistake.line() >= 1 && mistake.column() >= 1, "It has a place: %s", mistake);
    }
    JsonEdits.tree(loaded.json());
    Broken.unless(
        !loaded.mistakes().isEmpty() || loaded.spec() != null, "A file without mistakes is read.");
  }
}
