package dev.sluice.runners.dataset;

import dev.sluice.export.Duplicates;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.RowOptions;
import dev.sluice.export.Split;
import dev.sluice.export.SplitOptions;
import dev.sluice.export.split.NearRule;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The config block of {@link Export}: the options of {@code sluice export}. */
record ExportConfig(
    @Key(
            value =
                "Format of the dataset, such as `trl/sft`. `sluice export --list` describes all formats.",
            choicesOf = DatasetFormats.class)
        String format,
    @Key(
            value =
                "Folder for a checked copy of the dataset. It is written after the stage and again when it is missing. Default: the dataset is only in the workspace.",
            refersTo = Key.OUTPUT,
            tuning = true)
        @Nullable String out,
    @Key(
            value = "Whether a dataset that an earlier export wrote to `out` is replaced.",
            byDefault = "false",
            tuning = true)
        boolean replace,
    @Key(
            value =
                "Share of the problems in each split, such as `{train: 0.9, test: 0.1}`. All rows of a problem are in the same split. Default: all in `train`.",
            byDefault = "{}",
            ordered = true)
        Map<String, Double> split,
    @Key(
            value =
                "With a split: a problem is in the split of an earlier one that shares this part of its runs of three words. 0: the hash of the id alone decides.",
            byDefault = "0.8",
            min = 0,
            max = 1)
        double nearDuplicates,
    @Key(
            "Gives every split its share of each value of `difficulty`, `source` or `attributes.NAME`.")
        @Nullable String stratify,
    @Key(
            value =
                "Files of texts that must not be trained on. Problems that overlap with them are left out.",
            byDefault = "[]")
        List<TextFile> decontaminate,
    @Key(
            value =
                "Whether problems that stages of the file evaluate on are exported. By default they are left out.",
            byDefault = "false")
        boolean keepEvaluationProblems,
    @Key(
            value = "Whether reference answers are written, if the format has a column for them.",
            byDefault = "false")
        boolean withReference,
    @Key(
            value =
                "`pool` makes one row of equal solution texts of a problem and leaves out texts that are both preferred and rejected; `keep` writes every row.",
            byDefault = "pool")
        Duplicates duplicates,
    @Key(
            "Only rows that fulfil a condition on the columns of the tables that a row is made of, such as `votes >= 8 and difficulty <= 4`.")
        @Nullable String where,
    @Key(value = "Columns to write, in this order. Default: all.", byDefault = "[]")
        List<String> columns,
    @Key(value = "Maximum number of rows, a reproducible sample. Default: all.", min = 1)
        @Nullable Integer limit,
    @Key(
            value = "Whether as many rows of correct solutions as of incorrect ones are written.",
            byDefault = "false")
        boolean balance,
    @Key(
            value =
                "Score from which on a step is labelled correct, for soft labels in formats that hold true and false.",
            min = 0,
            max = 1)
        @Nullable Double round,
    @Key(
            value =
                "Number of files of each split. All rows of a problem are in one. Default: one file named after the split.",
            min = 1)
        @Nullable Integer shards,
    @Key(value = "Options of the format, such as `{data_source: openai/gsm8k}`.", byDefault = "{}")
        Map<String, String> options,
    @Key(
            value =
                "Whether personal data and secrets in texts are replaced by placeholders such as `[EMAIL]`.",
            byDefault = "false")
        boolean scrub,
    @Key(
            value = "Markdown file whose YAML keys and text replace those of the dataset's card.",
            refersTo = Key.FILE)
        @Nullable String card)
    implements Serializable {

  ExportConfig {
    decontaminate = List.copyOf(decontaminate);
    columns = List.copyOf(columns);
  }

  /** A file of texts. */
  record TextFile(
      @Key(value = "A JSONL, CSV or Parquet file.", refersTo = Key.FILE) String path,
      @Key(value = "Column of the text.", byDefault = "question") String column)
      implements Serializable {}

  /**
   * The request of an export into a folder.
   *
   * @throws dev.sluice.export.ExportException if a value has no meaning, such as a split whose
   *     shares do not sum to 1
   */
  ExportRequest request(Path folder) {
    SplitOptions problems =
        new SplitOptions(
            parts(),
            nearDuplicates == 0 ? null : new NearRule(NearRule.DEFAULT.runWords(), nearDuplicates),
            stratify,
            !keepEvaluationProblems,
            decontaminate.stream()
                .map(each -> new SplitOptions.Benchmark(Path.of(each.path()), each.column()))
                .toList());
    return ExportRequest.into(folder)
        .problems(problems)
        .shards(shards)
        .withReference(withReference)
        .rows(new RowOptions(where, columns, limit, balance, duplicates, round))
        .options(options)
        .scrub(scrub)
        .card(card == null ? null : Path.of(card));
  }

  private Split parts() {
    return split.isEmpty()
        ? Split.TRAIN
        : Split.parse(
            split.entrySet().stream()
                .map(each -> each.getKey() + "=" + BigDecimal.valueOf(each.getValue()))
                .collect(Collectors.joining(",")));
  }
}
