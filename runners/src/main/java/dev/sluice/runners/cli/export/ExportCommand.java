package dev.sluice.runners.cli.export;

import dev.sluice.export.Duplicates;
import dev.sluice.export.ExportException;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.Exporter;
import dev.sluice.export.Exports;
import dev.sluice.export.RowOptions;
import dev.sluice.export.RunView;
import dev.sluice.export.Split;
import dev.sluice.export.SplitOptions;
import dev.sluice.export.split.NearRule;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.run.StatusCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Exports a run's data as a training dataset, or the models that it trained.")
public final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Id of a run, or its first characters (default: the newest run).")
  private @Nullable String run;

  @Option(names = "--list", description = "List the formats.")
  private boolean list;

  @Option(names = "--format", paramLabel = "F", description = "Export format, such as trl/sft.")
  private @Nullable String format;

  @Option(names = "--out", paramLabel = "DIR", description = "Output folder.")
  private @Nullable Path out;

  @Option(
      names = "--split",
      paramLabel = "NAME=SHARE,...",
      description =
          "Splits the problems, such as train=0.9,test=0.1 (default: all in train). All rows of a problem are in the same split.")
  private @Nullable String split;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description =
          "Stage to export (default: the last stage with the tables that the format needs).")
  private @Nullable String stage;

  @Option(
      names = "--with-reference",
      description = "Include reference answers as ground_truth, if the format supports them.")
  private boolean reference;

  @Option(
      names = "--duplicates",
      paramLabel = "pool|keep",
      description =
          "pool (default): equal solution texts of a problem become one row with one label, and texts that are both preferred and rejected are left out; keep: write every row.")
  private Duplicates duplicates = Duplicates.POOL;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description =
          "Only rows that fulfil a condition on the columns of the tables that a row is made of, such as \"votes >= 8 and difficulty <= 4\".")
  private @Nullable String where;

  @Option(
      names = "--columns",
      paramLabel = "NAME,...",
      split = ",",
      description = "Columns to write, in this order (default: all).")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of rows, a reproducible sample (default: all).")
  private @Nullable Integer limit;

  @Option(
      names = "--balance",
      description = "Write as many rows of correct solutions as of incorrect ones.")
  private boolean balance;

  @Option(
      names = "--round",
      paramLabel = "SCORE",
      description =
          "Label a step correct from this score on, for soft labels in formats of true and false.")
  private @Nullable Double round;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "Number of files for each part of the split (default: one file). All rows of a problem are in one.")
  private @Nullable Integer shards;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "Option of the format, such as data_source=openai/gsm8k; repeatable.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--near-duplicates",
      paramLabel = "together|ignore|SHARE",
      description =
          "With a split: together (default) puts a problem in the split of an earlier one that shares 0.8 of its runs of words; a number from 0 to 1 sets that share; ignore: the hash of the id alone decides.")
  private String near = "together";

  @Option(
      names = "--stratify",
      paramLabel = "COLUMN",
      description =
          "Give every split its share of each value of difficulty, source or attributes.NAME.")
  private @Nullable String stratify;

  @Option(
      names = "--decontaminate",
      paramLabel = "FILE[:COLUMN]",
      description =
          "Leave out problems that are in a JSONL, CSV or Parquet file (default column: question); repeatable. The problems that the run evaluates on are always left out.")
  private List<String> benchmarks = new ArrayList<>();

  @Option(
      names = "--keep-evaluation-problems",
      description = "Export problems that the run evaluates on, too.")
  private boolean contaminated;

  @Option(
      names = "--scrub",
      description =
          "Replace e-mail addresses, phone, card and account numbers, addresses of machines and secrets by placeholders.")
  private boolean scrub;

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "Markdown file whose YAML keys and text replace those of the card.")
  private @Nullable Path card;

  @Option(
      names = "--append",
      description =
          "Add the problems that an earlier export in the folder does not have, in files of their own; its files stay as they are.")
  private boolean append;

  @Option(names = "--force", description = "Replace an earlier export in the folder.")
  private boolean force;

  public ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (list) {
      list();
      return ExitCode.DONE;
    }
    if (format == null || out == null) {
      throw new UserMistake(
          "Exporting takes --format and --out: 'sluice export RUN --format trl/sft --out DIR'. 'sluice export --list' lists the formats.");
    }
    try {
      RunView view = RunView.open(LocalRun.of(StatusCommand.find(global, run)));
      print(Exports.run(view, format, request(out)));
    } catch (ExportException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
    return ExitCode.DONE;
  }

  private ExportRequest request(Path folder) {
    if (append && force) {
      throw new UserMistake(
          "--append keeps the export in the folder and --force replaces it; give one of them.");
    }
    SplitOptions problems =
        new SplitOptions(
            split == null ? Split.TRAIN : Split.parse(split),
            nearRule(),
            stratify,
            !contaminated,
            benchmarks.stream().map(SplitOptions.Benchmark::parse).toList());
    RowOptions rows =
        new RowOptions(where, columns, positive("--limit", limit), balance, duplicates, round);
    return ExportRequest.into(folder)
        .problems(problems)
        .shards(positive("--shards", shards))
        .stage(stage)
        .withReference(reference)
        .rows(rows)
        .options(options)
        .scrub(scrub)
        .card(card)
        .progress(global.quiet() ? count -> {} : new ExportProgress(terminal))
        .mode(
            append
                ? ExportRequest.Mode.APPEND
                : force ? ExportRequest.Mode.REPLACE : ExportRequest.Mode.NEW);
  }

  private @Nullable NearRule nearRule() {
    return switch (near) {
      case "together" -> NearRule.DEFAULT;
      case "ignore" -> null;
      default -> {
        try {
          yield new NearRule(NearRule.DEFAULT.runWords(), Double.parseDouble(near));
        } catch (NumberFormatException e) {
          throw new UserMistake(
              "--near-duplicates takes together, ignore or a share from 0 to 1, not '%s'."
                  .formatted(near));
        }
      }
    };
  }

  private static @Nullable Integer positive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UserMistake("%s takes a number from 1 on, not %d.".formatted(option, value));
    }
    return value;
  }

  private void list() {
    List<Map<String, Object>> formats = new ArrayList<>();
    for (Exporter exporter : Exports.all()) {
      if (global.json()) {
        formats.add(
            Map.of("name", exporter.name(), "doc", exporter.doc(), "tables", exporter.tables()));
      } else {
        terminal.out().printf("%-30s %s%n", exporter.name(), exporter.doc());
      }
    }
    if (global.json()) {
      terminal.out().println(Json.compact(Map.of("formats", formats)));
    }
  }

  private void print(ExportReport report) {
    if (global.json()) {
      terminal.out().println(report.toJson());
      return;
    }
    for (ExportReport.ExportedFile file : report.files()) {
      Long rows = file.rows();
      terminal
          .out()
          .println(rows == null ? file.path() : "%s  %,d rows".formatted(file.path(), rows));
    }
    report.leftOut().forEach((why, rows) -> terminal.out().printf("left out: %,d %s%n", rows, why));
    terminal.out().printf("%nTo load it:%n  %s%n", report.loader());
    if (!report.launch().isEmpty()) {
      terminal.out().printf("%nTo train on it:%n  %s%n", report.launch());
    }
  }
}
