package dev.sluice.runners.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.export.Exporter;
import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FormatOption;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.RowFilter;
import dev.sluice.records.RowFilterException;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a config asks for that no run could do; told when the file is read. */
final class ExportCheck {
  private static final Path UNUSED = Path.of("unused");

  private final ExportConfig config;
  private final List<ConfigMistake> mistakes = new ArrayList<>();

  ExportCheck(ExportConfig config) {
    this.config = config;
  }

  List<ConfigMistake> mistakes() {
    if (config.out() != null && config.out().contains("://")) {
      say("out", "must be a folder of this machine; upload the dataset from there");
    }
    try {
      var unused = config.request(UNUSED);
    } catch (ExportException e) {
      say("split", KeyWords.of(String.valueOf(e.getMessage())));
    }
    if (config.where() != null) {
      try {
        var unused = RowFilter.of(config.where());
      } catch (RowFilterException e) {
        say("where", KeyWords.of(String.valueOf(e.getMessage())));
      }
    }
    DatasetFormats.find(config.format()).ifPresent(this::format);
    return mistakes;
  }

  private void format(Exporter exporter) {
    if (config.withReference() && !exporter.takesReferences()) {
      say(
          "with_reference",
          "the format '%s' has no column for reference answers; leave the key out"
              .formatted(exporter.name()));
    }
    if (exporter instanceof DatasetFormat<?> format) {
      if (format.rows() == null && !config.withReference()) {
        say(
            "with_reference",
            "a row of the format '%s' needs a reference answer; 'with_reference: true' exports them"
                .formatted(format.name()));
      }
      options(format.name(), format.options());
    } else if (exporter.tables().isEmpty()) {
      table();
    }
    if (mistakes.isEmpty()) {
      columns(exporter);
    }
  }

  private void columns(Exporter exporter) {
    try {
      exporter.check(config.request(UNUSED));
    } catch (ExportException e) {
      say(
          config.columns().isEmpty() ? "format" : "columns",
          KeyWords.of(String.valueOf(e.getMessage())));
    }
  }

  private void options(String format, List<FormatOption> options) {
    List<String> known = options.stream().map(FormatOption::name).toList();
    for (FormatOption option : options) {
      if (option.byDefault() == null && !config.options().containsKey(option.name())) {
        say(
            "options",
            "the format '%s' needs the option '%s' (%s)"
                .formatted(format, option.name(), option.doc()));
      }
    }
    config.options().keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(
            name ->
                mistakes.add(
                    new ConfigMistake(
                        "options." + name,
                        known.isEmpty()
                            ? "the format '%s' has no options".formatted(format)
                            : "the format '%s' has no option '%s'; its options are %s"
                                .formatted(format, name, String.join(", ", known)),
                        name,
                        known)));
  }

  /** The formats that write any table take its name. */
  private void table() {
    List<String> known = Tables.all().stream().map(Table::name).toList();
    String name = config.options().get("table");
    if (name == null) {
      say(
          "options",
          "the format '%s' needs the option 'table', the table to write: %s"
              .formatted(config.format(), String.join(", ", known)));
    } else if (!known.contains(name)) {
      mistakes.add(
          new ConfigMistake(
              "options.table",
              "there is no table '%s'; the tables are %s".formatted(name, String.join(", ", known)),
              name,
              known));
    }
  }

  private void say(String key, String message) {
    mistakes.add(new ConfigMistake(key, message));
  }
}
