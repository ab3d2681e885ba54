package dev.sluice.export.dataset;

import dev.sluice.export.Duplicates;
import dev.sluice.export.ExportManifest;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.RowOptions;
import dev.sluice.export.Split;
import dev.sluice.export.SplitOptions;
import dev.sluice.export.split.NearRule;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a card with commands: those that rebuild the dataset, and the one that uploads it.
 */
final class DatasetCommands {
  private DatasetCommands() {}

  static void add(List<String> lines, ExportSource source, ExportManifest manifest) {
    lines.add("");
    lines.add("## Rebuild and publish");
    lines.add("");
    lines.add("```sh");
    if (manifest.sideFiles().contains(DatasetFiles.PIPELINE)) {
      lines.add("sluice run " + DatasetFiles.PIPELINE + given(source.run().folder()));
    }
    lines.add(export(source.request(), manifest.format()));
    lines.add("hf upload-large-folder USER/NAME . --repo-type dataset");
    lines.add("```");
    if (manifest.sideFiles().contains(DatasetFiles.PIPELINE)) {
      lines.add("");
      lines.add(
          "`%s` is the pipeline file of the run; paths in it are relative to its first place."
              .formatted(DatasetFiles.PIPELINE));
    }
  }

  /** The values that the run was started with. */
  private static String given(Path run) {
    StringBuilder text = new StringBuilder();
    try {
      if (Json.parse(RunText.of(run, "invocation.json").orElse("{}"))
          instanceof Map<?, ?> invocation) {
        if (invocation.get("set") instanceof List<?> sets) {
          sets.forEach(each -> text.append(" --set ").append(quoted(String.valueOf(each))));
        }
        if (invocation.get("param") instanceof Map<?, ?> params) {
          new TreeMap<>(params)
              .forEach(
                  (name, value) -> text.append(" --param ").append(quoted(name + "=" + value)));
        }
        for (String key : List.of("until", "only")) {
          if (invocation.get(key) instanceof String stage) {
            text.append(" --").append(key).append(' ').append(quoted(stage));
          }
        }
      }
    } catch (JsonException e) {
      // Without the file it is not known with which values the run was started.
      return "";
    }
    return text.toString();
  }

  /** The command of an export. */
  static String export(ExportRequest request, String format) {
    List<String> words = new ArrayList<>(List.of("sluice export --format", format));
    option(words, "--stage", request.stage());
    SplitOptions problems = request.problems();
    option(words, "--split", problems.split().equals(Split.TRAIN) ? null : problems.split());
    if (problems.near() == null) {
      words.add("--near-duplicates ignore");
    } else if (!problems.near().equals(NearRule.DEFAULT)) {
      option(words, "--near-duplicates", problems.near().similarity());
    }
    option(words, "--stratify", problems.stratify());
    if (!problems.decontaminate()) {
      words.add("--keep-evaluation-problems");
    }
    problems
        .benchmarks()
        .forEach(each -> option(words, "--decontaminate", each.file() + ":" + each.column()));
    option(words, "--shards", request.shards());
    if (request.reference()) {
      words.add("--with-reference");
    }
    rows(words, request.rows());
    new TreeMap<>(request.options())
        .forEach((name, value) -> option(words, "--option", name + "=" + value));
    if (request.scrub()) {
      words.add("--scrub");
    }
    option(words, "--card", request.card());
    if (request.mode() == ExportRequest.Mode.APPEND) {
      words.add("--append");
    }
    words.add("--out DIR");
    return String.join(" ", words);
  }

  private static void rows(List<String> words, RowOptions rows) {
    if (rows.duplicates() == Duplicates.KEEP) {
      words.add("--duplicates keep");
    }
    option(words, "--where", rows.where());
    option(words, "--columns", rows.columns().isEmpty() ? null : String.join(",", rows.columns()));
    option(words, "--limit", rows.limit());
    if (rows.balance()) {
      words.add("--balance");
    }
    option(words, "--round", rows.round());
  }

  private static void option(List<String> words, String name, @Nullable Object value) {
    if (value != null) {
      words.add(name + " " + quoted(value.toString()));
    }
  }

  /** A word of a shell. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
