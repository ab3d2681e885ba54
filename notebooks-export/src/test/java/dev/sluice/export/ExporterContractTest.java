package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every dataset keeps, whatever its columns. */
final class ExporterContractTest {
  private static final int PROBLEMS = 40;
  private static final Split SPLIT = Split.parse("train=0.7,test=0.3");

  @TempDir private static Path shared = Path.of("");
  private static Map<String, RunView> runs = Map.of();

  @TempDir private Path folder = Path.of("");

  /** Exports only read them. */
  @BeforeAll
  static void makeRuns() throws IOException {
    runs =
        Map.of(
            "whole", FakeRun.whole(shared.resolve("whole"), PROBLEMS),
            "problems", FakeRun.upToProblems(shared.resolve("problems")));
  }

  private static RunView run(String name) {
    return Objects.requireNonNull(runs.get(name));
  }

  static Stream<String> formats() {
    return Exported.formats();
  }

  private ExportReport export(RunView run, String format, String out, Split split) {
    ExportRequest request = Exported.request(format, folder.resolve(out)).split(split);
    // The two problems that the policy was trained on may fall in one part.
    return Exports.run(
        run, format, Exported.isOfProblems(format) ? request.stage("problems") : request);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void allFiles_holdTheSameRows(String format) {
    RunView run = run("whole");
    ExportReport report = export(run, format, "out", SPLIT);
    for (String part : List.of("train", "test")) {
      List<Map<String, @Nullable Object>> rows = Exported.rows(report, part);
      assertThat(rows).isNotEmpty();
      for (ExportReport.ExportedFile file : report.files()) {
        if (file.path().contains("-" + part + ".")) {
          assertThat(Exported.rows(Path.of(file.path()))).isEqualTo(rows);
          assertThat(file.rows()).isEqualTo(rows.size());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anotherExport_hasTheSameBytes(String format) throws IOException {
    RunView run = run("whole");
    ExportReport first = export(run, format, "one", SPLIT);
    ExportReport second = export(run, format, "two", SPLIT);
    assertThat(second.files().stream().map(ExportReport.ExportedFile::sha256))
        .containsExactlyElementsOf(
            first.files().stream().map(ExportReport.ExportedFile::sha256).toList());
    for (ExportReport.ExportedFile file : first.files()) {
      assertThat(FileHashes.sha256(Path.of(file.path()))).isEqualTo(file.sha256());
    }
    try (Stream<Path> files = Files.list(folder.resolve("one"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(folder.resolve("two").resolve(file.getFileName())).hasSameTextualContentAs(file);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void parts_shareTheRowsOut(String format) {
    RunView run = run("whole");
    List<Map<String, @Nullable Object>> whole =
        withoutPlace(Exported.rows(export(run, format, "whole", Split.TRAIN), "train"));
    ExportReport parts = export(run, format, "parts", SPLIT);
    List<Map<String, @Nullable Object>> together = new ArrayList<>();
    together.addAll(withoutPlace(Exported.rows(parts, "train")));
    together.addAll(withoutPlace(Exported.rows(parts, "test")));
    assertThat(together).containsExactlyInAnyOrderElementsOf(whole);
  }

  /** Rows of some formats hold the part and their number. */
  private static List<Map<String, @Nullable Object>> withoutPlace(
      List<Map<String, @Nullable Object>> rows) {
    for (Map<String, @Nullable Object> row : rows) {
      if (row.get("extra_info") instanceof Map<?, ?> extra) {
        extra.remove("split");
        extra.remove("index");
      }
      if (row.containsKey("chosen_model")) {
        row.remove("id");
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void shards_shareTheRowsOutByProblem(String format) {
    RunView run = run("whole");
    List<Map<String, @Nullable Object>> whole =
        withoutPlace(Exported.rows(export(run, format, "whole", Split.TRAIN), "train"));
    ExportRequest request = Exported.request(format, folder.resolve("shards")).shards(3);
    if (Exported.takesOneFile(format)) {
      assertThatThrownBy(() -> Exports.run(run, format, request))
          .isInstanceOf(ExportException.class)
          .hasMessageContaining("is for a trainer that takes one file");
      assertThat(folder.resolve("shards")).doesNotExist();
      return;
    }
    ExportReport report =
        Exports.run(
            run, format, Exported.isOfProblems(format) ? request.stage("problems") : request);
    List<Map<String, @Nullable Object>> together = new ArrayList<>();
    List<List<@Nullable Object>> problems = new ArrayList<>();
    String type = report.files().get(0).path().replaceAll(".*\\.", "");
    for (ExportReport.ExportedFile file : report.files()) {
      if (file.path().endsWith(type)) {
        assertThat(file.path()).matches(".*/data/[a-z-]+-train(-[a-z]+)?/0000[012]\\.[a-z]+");
        List<Map<String, @Nullable Object>> rows = Exported.rows(Path.of(file.path()));
        assertThat(rows).isNotEmpty();
        problems.add(rows.stream().map(row -> row.get("problem_id")).distinct().toList());
        together.addAll(withoutPlace(rows));
      }
    }
    assertThat(together).containsExactlyInAnyOrderElementsOf(whole);
    assertThat(problems).hasSize(3);
    if (problems.get(0).get(0) != null) {
      List<@Nullable Object> all = problems.stream().flatMap(List::stream).toList();
      assertThat(all).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aSourceWithoutRows_isRefused(String format) {
    RunView run = run("problems");
    if (Exported.isOfProblems(format)) {
      assertThat(export(run, format, "out", Split.TRAIN).files().get(0).rows()).isEqualTo(2);
    } else {
      assertThatThrownBy(() -> export(run, format, "out", Split.TRAIN))
          .isInstanceOf(ExportException.class)
          .hasMessageContaining("has no table");
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void noRowThatIsAskedFor_isRefused(String format) {
    RunView run = run("whole");
    ExportRequest request = Exported.request(format, folder.resolve("out"));
    assertThatThrownBy(
            () ->
                Exports.run(
                    run, format, request.rows(RowOptions.ALL.where("problem_id = nobody's"))))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("The export has no rows, so nothing was written: ")
        .hasMessageContaining(" rows that --where leaves out.");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aColumnThatIsNotThere_isRefusedWithTheColumns(String format) {
    RunView run = run("whole");
    ExportRequest request = Exported.request(format, folder.resolve("out"));
    assertThatThrownBy(
            () -> Exports.run(run, format, request.rows(RowOptions.ALL.columns("colour"))))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("The format '%s' has no column 'colour'".formatted(format));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void manifestCardAndLoader_sayWhatItIs(String format) throws IOException {
    RunView run = run("whole");
    ExportReport report = export(run, format, "out", SPLIT);
    Path out = folder.resolve("out");
    Map<?, ?> manifest =
        (Map<?, ?>)
            Objects.requireNonNull(Json.parse(Files.readString(out.resolve("manifest.json"))));
    assertThat(manifest.get("format")).isEqualTo(format);
    assertThat(manifest.get("reference_free")).isEqualTo(true);
    assertThat(manifest.get("reference_answers"))
        .isEqualTo(Exported.request(format, out).reference());
    String train = report.files().get(0).path();
    assertThat(Files.readString(out.resolve("README.md")))
        .startsWith("---\npretty_name: \"" + format)
        .contains("- split: train\n", "- split: test\n", "The run is reference-free")
        .contains("    path: " + out.relativize(Path.of(train)))
        .doesNotContain("\nlicense:");
    assertThat(report.loader()).contains(train).doesNotContain("{out}", "{train}", "{kind}");
    assertThat(report.launch()).doesNotContain("{");
    assertThat(Files.readString(out.resolve("croissant.json"))).contains(file(report));
  }

  private static String file(ExportReport report) {
    return "\"sha256\": \"" + report.files().get(0).sha256() + "\"";
  }
}
