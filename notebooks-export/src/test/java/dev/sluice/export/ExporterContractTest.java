package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every data set keeps, whatever its columns. */
final class ExporterContractTest {
  private static final int PROBLEMS = 40;
  private static final Split SPLIT = Split.parse("train=0.7,test=0.3");

  @TempDir private Path folder = Path.of("");

  static Stream<String> formats() {
    return Exports.all().stream().map(Exporter::name).filter(name -> !name.equals("models"));
  }

  private ExportReport export(RunView run, String format, String out, Split split) {
    ExportRequest request = ExportRequest.into(folder.resolve(out)).split(split);
    // The two problems that the policy was trained on may fall in one part.
    return Exports.run(
        run, format, format.contains("prompt-only") ? request.stage("problems") : request);
  }

  private static List<Map<String, @Nullable Object>> parquet(ExportReport report, String part) {
    return ParquetRows.read(file(report, "-" + part + ".parquet"), Integer.MAX_VALUE);
  }

  private static Path file(ExportReport report, String ending) {
    return report.files().stream()
        .map(file -> Path.of(file.path()))
        .filter(path -> path.toString().endsWith(ending))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void parquetAndJsonLinesHoldTheSameRows(String format) throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), PROBLEMS);
    ExportReport report = export(run, format, "out", SPLIT);
    assertThat(report.files()).hasSize(4);
    for (String part : List.of("train", "test")) {
      List<Object> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file(report, "-" + part + ".jsonl"))) {
        lines.add(Objects.requireNonNull(Json.parse(line)));
      }
      List<Map<String, @Nullable Object>> rows = parquet(report, part);
      assertThat(rows).isEqualTo(lines);
      assertThat(
              report.files().stream()
                  .filter(each -> each.path().contains("-" + part + "."))
                  .map(ExportReport.ExportedFile::rows))
          .containsExactly((long) rows.size(), (long) rows.size());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void givesTheSameBytesAgain(String format) throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), PROBLEMS);
    ExportReport first = export(run, format, "one", SPLIT);
    ExportReport second = export(run, format, "two", SPLIT);
    assertThat(second.files().stream().map(ExportReport.ExportedFile::sha256))
        .containsExactlyElementsOf(
            first.files().stream().map(ExportReport.ExportedFile::sha256).toList());
    for (ExportReport.ExportedFile file : first.files()) {
      assertThat(FileHashes.sha256(Path.of(file.path()))).isEqualTo(file.sha256());
    }
    for (String name : List.of("README.md", "manifest.json")) {
      assertThat(folder.resolve("two").resolve(name))
          .hasSameTextualContentAs(folder.resolve("one").resolve(name));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void keepsEveryProblemInOnePart(String format) throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), PROBLEMS);
    ExportReport whole = export(run, format, "whole", Split.TRAIN);
    ExportReport parts = export(run, format, "parts", SPLIT);
    Set<@Nullable Object> train = prompts(parquet(parts, "train"));
    Set<@Nullable Object> test = prompts(parquet(parts, "test"));
    assertThat(train).doesNotContainAnyElementsOf(test);
    List<Map<String, @Nullable Object>> together = new ArrayList<>(parquet(parts, "train"));
    together.addAll(parquet(parts, "test"));
    assertThat(together).containsExactlyInAnyOrderElementsOf(parquet(whole, "train"));
  }

  private static Set<@Nullable Object> prompts(List<Map<String, @Nullable Object>> rows) {
    Set<@Nullable Object> prompts = new HashSet<>();
    rows.forEach(row -> prompts.add(row.get("prompt")));
    return prompts;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void refusesASourceWithoutRows(String format) throws IOException {
    RunView run = FakeRun.upToLabels(folder.resolve("ws"), 1);
    if (format.contains("prompt-only")) {
      assertThat(export(run, format, "out", Split.TRAIN).files().get(0).rows()).isEqualTo(1);
    } else {
      assertThatThrownBy(() -> export(run, format, "out", Split.TRAIN))
          .isInstanceOf(ExportException.class)
          .hasMessageStartingWith("The export has no rows, so nothing was written: ");
      assertThat(folder.resolve("out")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void saysWhatItIsInManifestCardAndLoader(String format) throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), PROBLEMS);
    ExportReport report = export(run, format, "out", SPLIT);
    Path out = folder.resolve("out");
    Map<?, ?> manifest =
        (Map<?, ?>)
            Objects.requireNonNull(Json.parse(Files.readString(out.resolve("manifest.json"))));
    assertThat(manifest.get("format")).isEqualTo(format);
    assertThat(manifest.get("reference_free")).isEqualTo(true);
    assertThat(manifest.get("reference_answers")).isEqualTo(false);
    assertThat(Files.readString(out.resolve("README.md")))
        .startsWith("---\npretty_name: \"" + format)
        .contains("- split: train\n", "- split: test\n", "The run is reference-free")
        .doesNotContain("\nlicense:");
    assertThat(report.loader())
        .isEqualTo(
            "load_dataset(\"parquet\", data_files={\"train\": \"%s\", \"test\": \"%s\"})"
                .formatted(file(report, "-train.parquet"), file(report, "-test.parquet")));
  }
}
