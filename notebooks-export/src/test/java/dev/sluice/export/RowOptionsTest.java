package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.items.LabelledSolutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowOptionsTest {
  @TempDir private static Path shared = Path.of("");
  private static @Nullable RunView made;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeRun() throws IOException {
    made = FakeRun.whole(shared, 40);
  }

  private static RunView run() {
    return java.util.Objects.requireNonNull(made);
  }

  private ExportRequest request(String out, RowOptions rows) {
    return ExportRequest.into(folder.resolve(out)).rows(rows);
  }

  private List<Map<String, @Nullable Object>> rows(String format, String out, RowOptions rows) {
    return Exported.rows(Exports.run(run(), format, request(out, rows)), "train");
  }

  @Test
  void where_comparesColumnsOfAllTablesOfARow() {
    List<Map<String, @Nullable Object>> all = rows("trl/unpaired", "all", RowOptions.ALL);
    List<Map<String, @Nullable Object>> some =
        rows(
            "trl/unpaired",
            "some",
            RowOptions.ALL.where("first_error = 0 and sample_index < 2 and difficulty = 2"));
    assertThat(some).hasSizeBetween(1, all.size() - 1).isSubsetOf(all);
    assertThat(some).allSatisfy(row -> assertThat(row.get("label")).isEqualTo(false));
  }

  @Test
  void where_ofAReferenceColumn_isRefused() {
    assertThatThrownBy(
            () -> rows("trl/sft", "out", RowOptions.ALL.where("reference_correct = true")))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("There is no column 'reference_correct'; there are [solution_id, ");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void limit_takesASampleThatAnotherOrderWouldTakeToo() {
    List<Map<String, @Nullable Object>> all = rows("trl/unpaired", "all", RowOptions.ALL);
    List<Map<String, @Nullable Object>> ten = rows("trl/unpaired", "ten", RowOptions.ALL.limit(10));
    List<Map<String, @Nullable Object>> twenty =
        rows("trl/unpaired", "twenty", RowOptions.ALL.limit(20));
    assertThat(ten).hasSize(10).isSubsetOf(twenty);
    assertThat(twenty).hasSize(20).isSubsetOf(all);
    List<Integer> places = ten.stream().map(all::indexOf).toList();
    assertThat(places).isSorted();
    assertThat(places.get(9)).isGreaterThan(30);
    assertThat(rows("trl/unpaired", "more", RowOptions.ALL.limit(1000))).isEqualTo(all);
  }

  @Test
  void balance_takesAsManyCorrectAsIncorrectRowsInEachPart() throws IOException {
    Split split = Split.parse("train=0.6,test=0.4");
    ExportReport all =
        Exports.run(run(), "trl/unpaired", request("all", RowOptions.ALL).split(split));
    ExportReport report =
        Exports.run(run(), "trl/unpaired", request("out", RowOptions.ALL.balanced()).split(split));
    for (String part : List.of("train", "test")) {
      List<Integer> whole = counts(all, part);
      int least = Math.min(whole.get(0), whole.get(1));
      assertThat(whole.get(0)).isNotEqualTo(whole.get(1));
      assertThat(counts(report, part)).containsExactly(least, least);
    }
    assertThat(Files.readString(folder.resolve("out/README.md")))
        .containsPattern("\\| \\d+ \\| rows of the more frequent class \\(--balance\\) \\|");
    ExportReport limited =
        Exports.run(run(), "trl/unpaired", request("limited", RowOptions.ALL.balanced().limit(21)));
    assertThat(counts(limited, "train")).containsExactly(10, 10);
  }

  private static List<Integer> counts(ExportReport report, String part) {
    List<Map<String, @Nullable Object>> rows = Exported.rows(report, part);
    int right = (int) rows.stream().filter(row -> Boolean.TRUE.equals(row.get("label"))).count();
    return List.of(right, rows.size() - right);
  }

  @Test
  void balance_ofRowsOfOneClass_isRefused() {
    assertThatThrownBy(() -> rows("trl/sft", "one", RowOptions.ALL.balanced()))
        .hasMessageContaining("all rows are of one class");
    assertThatThrownBy(() -> rows("trl/preference", "two", RowOptions.ALL.balanced()))
        .hasMessageContaining("the rows of this format stand for neither");
  }

  @Test
  void columns_areWrittenInTheOrderThatIsAskedFor() throws IOException {
    ExportReport report =
        Exports.run(
            run(), "trl/unpaired", request("out", RowOptions.ALL.columns("label", "prompt")));
    assertThat(Files.readAllLines(Path.of(report.files().get(1).path())).get(0))
        .startsWith("{\"label\":")
        .contains(",\"prompt\":\"")
        .doesNotContain("completion");
    assertThatThrownBy(
            () -> rows("trl/unpaired", "twice", RowOptions.ALL.columns("label", "label")))
        .hasMessage("--columns names 'label' twice.");
  }

  @Test
  void softLabels_needRoundInFormatsOfTrueAndFalse() throws IOException {
    RunView soft = FakeRun.soft(folder.resolve("ws"));
    assertThatThrownBy(() -> Exports.run(soft, "trl/stepwise", request("refused", RowOptions.ALL)))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith(
            "The labels are soft: steps have scores from 0 to 1, such as [0.875, 0.375] of the solution ")
        .hasMessageEndingWith("Add --round 0.5, which labels a step correct from that score on.");
    List<List<Boolean>> labels = new ArrayList<>();
    for (double from : new double[] {0.375, 0.5}) {
      new LabelledSolutions()
          .forEach(
              new ExportSource(soft, request("x", RowOptions.ALL.round(from)), "trl/stepwise"),
              item -> labels.add(item.verdicts()));
    }
    assertThat(labels).containsExactly(List.of(true, true), List.of(true, false));
    assertThat(
            Exports.run(soft, "trl/stepwise", request("rounded", RowOptions.ALL.round(0.5)))
                .files()
                .get(0)
                .rows())
        .isEqualTo(1);
  }

  @Test
  void shards_thatProblemsCannotFill_areRefused() {
    ExportRequest request = request("out", RowOptions.ALL).shards(500);
    assertThatThrownBy(() -> Exports.run(run(), "trl/sft", request))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching(
            "The part 'train' has rows of \\d+ problems, which cannot fill 500 shards, as all rows of a problem are in one. Use fewer --shards.");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aPartWhoseNameBeginsAnothers_hasItsOwnFilesInLoaderAndCard() throws IOException {
    ExportReport report =
        Exports.run(
            run(),
            "verl/sft",
            request("out", RowOptions.ALL).split(Split.parse("train=0.5,train2=0.5")).shards(2));
    Path data = folder.resolve("out/data");
    assertThat(report.loader())
        .contains(
            "[\"%s/sft-train/00000.parquet\",\"%s/sft-train/00001.parquet\"]"
                .formatted(data, data));
    long bytes =
        Files.size(data.resolve("sft-train/00000.parquet"))
            + Files.size(data.resolve("sft-train/00001.parquet"));
    assertThat(Files.readString(folder.resolve("out/README.md")))
        .contains("  - name: train\n    num_bytes: %d\n".formatted(bytes));
  }

  @Test
  void optionsOfAFormat_areCheckedByName() {
    ExportRequest request = ExportRequest.into(folder.resolve("out"));
    assertThatThrownBy(() -> Exports.run(run(), "verl/rl", request.options(Map.of("source", "x"))))
        .hasMessage(
            "The format 'verl/rl' has no option 'source'. Its options: data_source (key of the reward function in verl), ability (the kind of task).");
    assertThatThrownBy(() -> Exports.run(run(), "openai/batch", request))
        .hasMessage(
            "The format 'openai/batch' needs the option 'model' (the name of the model that answers). Add --option model=VALUE.");
    assertThatThrownBy(() -> Exports.run(run(), "openai/rft", request))
        .hasMessage(
            "A row of the format 'openai/rft' needs a reference answer. Add --with-reference, which exports them.");
    assertThatThrownBy(() -> Exports.run(run(), "table/csv", request))
        .hasMessageStartingWith(
            "The format 'table/csv' takes one option, the table: --option table=NAME. The tables are problems, ");
    assertThatThrownBy(
            () -> Exports.run(run(), "table/csv", request.options(Map.of("table", "solution"))))
        .hasMessageContaining("There is no table 'solution'; did you mean 'solutions'?");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
