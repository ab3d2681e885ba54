package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.RunView;
import dev.sluice.export.Split;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Target;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.parquet.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The data set's card: YAML that the Hugging Face Hub reads, then what made the rows and how to
 * load them. It states no licence: nobody but the owner of the problems and models can.
 */
final class DatasetCard {
  private DatasetCard() {}

  static String text(
      Dataset<?> dataset, ExportSource source, DatasetLayout layout, ExportManifest manifest) {
    List<String> lines = new ArrayList<>();
    frontMatter(lines, layout, source, manifest);
    lines.add("# " + dataset.format() + " from the run " + manifest.run());
    lines.add("");
    lines.add(dataset.doc());
    lines.add("");
    lines.add(references(manifest));
    lines.add("");
    lines.add("| column | type | holds |");
    lines.add("|---|---|---|");
    for (TableColumn column : dataset.rows().columns()) {
      lines.add("| `" + column.name() + "` | `" + column.typeText() + "` | " + column.doc() + " |");
    }
    load(lines, dataset, manifest);
    parts(lines, source, manifest);
    leftOut(lines, manifest);
    scrubbed(lines, manifest);
    origin(lines, source, manifest);
    DatasetCommands.add(lines, source, manifest);
    lines.add("");
    lines.add("## Licence");
    lines.add("");
    lines.add(
        "No licence is stated here. The terms of the problems, and of the models that wrote the solutions, decide. Add `license:` above before you publish this dataset.");
    return String.join("\n", lines) + "\n";
  }

  private static void frontMatter(
      List<String> lines, DatasetLayout layout, ExportSource source, ExportManifest manifest) {
    lines.add("---");
    lines.add("pretty_name: " + Json.compact(layout.format() + " from " + source.run().runId()));
    lines.add("size_categories:");
    lines.add("- " + size(manifest.parts().stream().mapToLong(ExportManifest.Part::rows).sum()));
    lines.add("task_categories:");
    lines.add("- text-generation");
    lines.add("annotations_creators:");
    lines.add("- machine-generated");
    lines.add("tags:");
    lines.add("- synthetic");
    lines.add("- sluice");
    lines.add("- " + layout.format().replace('/', '-'));
    // Readers keep what they loaded by the folder's name and these lines, so they name the rows.
    String config = layout.kind() + "-" + manifest.fingerprint().substring(0, 12);
    lines.add("configs:");
    lines.add("- config_name: " + config);
    lines.add("  data_files:");
    for (Split.Part part : source.request().split().parts()) {
      lines.add("  - split: " + part.name());
      lines.add("    path: " + layout.pattern(part, layout.types().get(0)));
    }
    lines.add("dataset_info:");
    lines.add("- config_name: " + config);
    lines.add("  splits:");
    long all = 0;
    for (int i = 0; i < manifest.parts().size(); i++) {
      long bytes = bytes(layout, manifest, source.request().split().parts().get(i));
      lines.add("  - name: " + manifest.parts().get(i).name());
      lines.add("    num_bytes: " + bytes);
      lines.add("    num_examples: " + manifest.parts().get(i).rows());
      all += bytes;
    }
    lines.add("  download_size: " + all);
    lines.add("  dataset_size: " + all);
    lines.add("---");
    lines.add("");
  }

  /** Length of a part's files of the first type. */
  private static long bytes(DatasetLayout layout, ExportManifest manifest, Split.Part part) {
    return manifest.files().stream()
        .filter(file -> layout.isOf(part, layout.types().get(0), file.path()))
        .mapToLong(ExportManifest.File::bytes)
        .sum();
  }

  /** The size category of the Hub. */
  static String size(long rows) {
    String[] names = {
      "n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B"
    };
    long end = 1000;
    for (String name : names) {
      if (rows < end) {
        return name;
      }
      end *= 10;
    }
    return "n>1B";
  }

  private static String references(ExportManifest manifest) {
    String run =
        manifest.referenceFree()
            ? "The run is reference-free: no label and no reward rests on a reference answer or a grading program."
            : "The run is not reference-free: some label or reward rests on a reference answer or a grading program.";
    return manifest.referenceAnswers()
        ? run + " The rows themselves hold reference answers, which were asked for."
        : run + " The rows hold no reference answers.";
  }

  private static void load(List<String> lines, Dataset<?> dataset, ExportManifest manifest) {
    Target target = dataset.target();
    lines.add("");
    lines.add("## Load");
    lines.add("");
    if (!target.trainer().isEmpty()) {
      lines.add("For " + target.trainer() + ", with which the format was tried.");
      lines.add("");
    }
    lines.add("```python");
    if (target.loader() == null) {
      lines.add("from datasets import load_dataset");
      lines.add("");
      lines.add("dataset = " + manifest.loader());
    } else {
      lines.add(manifest.loader());
    }
    lines.add("```");
    if (manifest.launch() != null) {
      lines.add("");
      lines.add("```sh");
      lines.add(manifest.launch());
      lines.add("```");
    }
    lines.add("");
    lines.add((target.notes() + " " + files(dataset)).strip());
  }

  private static String files(Dataset<?> dataset) {
    String hashes = "`manifest.json` has every file's SHA-256.";
    return dataset.target().files().size() == 1
        ? hashes
        : "The `%s` files hold the same rows. %s"
            .formatted(
                dataset.target().files().stream()
                    .skip(1)
                    .map(FileType::extension)
                    .collect(Collectors.joining("`, `")),
                hashes);
  }

  private static void parts(List<String> lines, ExportSource source, ExportManifest manifest) {
    lines.add("");
    lines.add("## Parts");
    lines.add("");
    lines.add("| part | share asked for | problems | share got | rows |");
    lines.add("|---|---|---|---|---|");
    long all = manifest.parts().stream().mapToLong(ExportManifest.Part::problems).sum();
    for (ExportManifest.Part part : manifest.parts()) {
      double got = all == 0 ? 0 : (double) part.problems() / all;
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %.4f | %d |",
              part.name(),
              part.share(),
              part.problems(),
              got,
              part.rows()));
    }
    lines.add("");
    lines.add(
        "All rows of a problem are in one part, in this and every other format. "
            + (source.request().problems().near() == null
                ? "A hash of the problem's id decides the part."
                : "A hash of the problem's id decides the part; a near-duplicate of an earlier problem is in the part of that problem.")
            + " Problems that are added later change the part of no other problem.");
  }

  private static void scrubbed(List<String> lines, ExportManifest manifest) {
    Map<String, Long> scrubbed = manifest.scrubbed();
    if (!manifest.scrub()) {
      return;
    }
    lines.add("");
    lines.add("## Scrubbed");
    lines.add("");
    lines.add(
        scrubbed.isEmpty()
            ? "The texts were searched for personal data and secrets; none were found."
            : "Placeholders such as `[EMAIL]` stand for personal data and secrets:");
    if (!scrubbed.isEmpty()) {
      lines.add("");
      lines.add("| kind | placeholders |");
      lines.add("|---|---|");
      scrubbed.forEach((kind, count) -> lines.add("| " + kind + " | " + count + " |"));
    }
  }

  private static void leftOut(List<String> lines, ExportManifest manifest) {
    if (manifest.leftOut().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("## Left out");
    lines.add("");
    lines.add("| rows | what |");
    lines.add("|---|---|");
    new TreeMap<>(manifest.leftOut())
        .forEach((why, rows) -> lines.add("| " + rows + " | " + why + " |"));
    if (manifest.sideFiles().contains(DatasetFiles.REMOVED)) {
      lines.add("");
      lines.add(
          "`%s` names every problem that was removed, and the text or problem that it is too near to."
              .formatted(DatasetFiles.REMOVED));
    }
  }

  private static void origin(List<String> lines, ExportSource source, ExportManifest manifest) {
    lines.add("");
    lines.add("## What made it");
    lines.add("");
    lines.add("| stage | type | rows | dead letters | seed | models |");
    lines.add("|---|---|---|---|---|---|");
    for (RunView.Stage stage : source.lineage()) {
      Manifest made = ExportSource.artifact(stage).manifest();
      List<String> models = new ArrayList<>();
      made.models().forEach((name, hash) -> models.add(name + " `" + shortened(hash) + "`"));
      models.sort(null);
      lines.add(
          "| %s | %s | %d | %d | %d | %s |"
              .formatted(
                  stage.name(),
                  stage.type(),
                  made.counts().out(),
                  made.counts().dead(),
                  made.seed(),
                  String.join(", ", models)));
    }
    lines.add("");
    for (ExportSource.Used used : manifest.sources()) {
      lines.add(
          "Read: `%s` of the stage %s, %d rows, digest `%s`."
              .formatted(used.table(), used.stage(), used.rows(), shortened(used.digest())));
      lines.add("");
    }
    lines.add("Fingerprint of these rows: `" + manifest.fingerprint() + "`.");
  }

  private static String shortened(String hash) {
    return hash.length() > 16 ? hash.substring(0, 16) : hash;
  }
}
