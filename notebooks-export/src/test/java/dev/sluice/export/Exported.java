package dev.sluice.export;

import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.ParquetRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Exports with what each format needs, and reads what they wrote. */
final class Exported {
  private static final Set<String> OF_PROBLEMS =
      Set.of("trl/prompt-only", "trl/prompt-only-chat", "verl/rl", "openrlhf/rl", "skyrl/rl");

  private Exported() {}

  /** The formats of datasets. */
  static Stream<String> formats() {
    return Exports.all().stream().map(Exporter::name).filter(name -> !name.equals("models"));
  }

  /** Whether the rows of a format are problems that need no label. */
  static boolean isOfProblems(String format) {
    return OF_PROBLEMS.contains(format)
        || Set.of("nemo-gym/rl", "slime/rl", "open-instruct/rlvr", "openai/rft", "openai/batch")
            .contains(format);
  }

  /** Whether the trainer takes a single file. */
  static boolean takesOneFile(String format) {
    return format.startsWith("openai/") || format.startsWith("slime/") || format.startsWith("nemo");
  }

  /** A request with the options that a format cannot do without. */
  static ExportRequest request(String format, Path out) {
    ExportRequest request = ExportRequest.into(out);
    if (format.startsWith("table/")) {
      return request.options(Map.of("table", "solutions"));
    }
    return switch (format) {
      case "open-instruct/rlvr", "openai/rft" -> request.withReference();
      case "openai/batch" -> request.options(Map.of("model", "some-model"));
      default -> request;
    };
  }

  /** The rows of a part, of its first file. */
  static List<Map<String, @Nullable Object>> rows(ExportReport report, String part) {
    for (ExportReport.ExportedFile file : report.files()) {
      if (file.path().contains("-" + part + ".")) {
        return rows(Path.of(file.path()));
      }
    }
    throw new AssertionError("There is no part " + part);
  }

  /** The rows of a file. */
  static List<Map<String, @Nullable Object>> rows(Path file) {
    String name = file.toString();
    if (name.endsWith(".parquet")) {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (Map<String, @Nullable Object> row : ParquetRows.read(file, Integer.MAX_VALUE)) {
        rows.add(parsed(Json.line(row)));
      }
      return rows;
    }
    if (name.endsWith(".csv")) {
      return Csvs.rows(file);
    }
    try {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        rows.add(parsed(line));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // lines are objects
  private static Map<String, @Nullable Object> parsed(String line) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(Json.parse(line));
  }
}
