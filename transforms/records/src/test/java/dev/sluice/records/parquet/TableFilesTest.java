package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.SampleRows;
import dev.sluice.records.Solution;
import dev.sluice.records.StepSpan;
import dev.sluice.records.Verification;
import dev.sluice.records.schema.Column;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableFilesTest {
  private final Path folder;

  TableFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static Stream<Table<?>> tables() {
    return Tables.all().stream();
  }

  @ParameterizedTest
  @MethodSource("tables")
  <R extends Record> void rowsComeBackAsTheyWereWritten(Table<R> table) throws IOException {
    Path file = folder.resolve(table.name() + ".parquet");
    List<R> rows = SampleRows.of(table);
    TableWriter<R> writer = write(file, table, rows);

    assertThat(TableReader.readAll(file, table, Set.of())).isEqualTo(rows);
    assertThat(writer.rows()).isEqualTo(rows.size());
    assertThat(writer.bytes()).isEqualTo(Files.size(file));
    assertThat(writer.sha256())
        .isEqualTo(HexFormat.of().formatHex(Hashes.sha256().digest(Files.readAllBytes(file))));
    assertThat(writer.digest()).isEqualTo(RowDigest.of(table, rows));
  }

  @ParameterizedTest
  @MethodSource("tables")
  <R extends Record> void emptyFilesAndManyRowsComeBackToo(Table<R> table) {
    List<R> many = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      many.addAll(SampleRows.of(table));
    }
    Path file = folder.resolve("many.parquet");
    write(file, table, many);
    assertThat(TableReader.readAll(file, table, Set.of())).isEqualTo(many);
    write(file, table, List.of());
    assertThat(TableReader.readAll(file, table, Set.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tables")
  <R extends Record> void equalRowsGiveEqualBytes(Table<R> table) {
    assertThat(write(folder.resolve("a"), table, SampleRows.of(table)).sha256())
        .isEqualTo(write(folder.resolve("b"), table, SampleRows.of(table)).sha256());
  }

  @ParameterizedTest
  @MethodSource("tables")
  <R extends Record> void footerNamesTheTableAndDocumentsColumns(Table<R> table) {
    Path file = folder.resolve("f.parquet");
    write(file, table, SampleRows.of(table));
    ParquetRows.Description description = ParquetRows.describe(file);

    assertThat(description.footer())
        .containsEntry("sluice.table", table.name())
        .containsEntry("sluice.format_version", "1")
        .containsEntry("sluice.stage", "Test");
    for (TableColumn column : table.columns()) {
      assertThat(description.footer()).containsEntry("sluice.doc." + column.name(), column.doc());
    }
    assertThat(description.columns().keySet())
        .containsExactlyElementsOf(table.columns().stream().map(TableColumn::name).toList());
    assertThat(description.rows()).isEqualTo(SampleRows.of(table).size());
  }

  @Test
  void listsMapsAndStructsTakeTheThreeLevelForm() {
    assertThat(Tables.PROBLEMS.schema().toString())
        .isEqualTo(
            """
            message problems {
              required binary problem_id (STRING);
              required group messages (LIST) {
                repeated group list {
                  required group element {
                    required binary role (STRING);
                    required binary content (STRING);
                  }
                }
              }
              optional binary reference_answer (STRING);
              required binary source (STRING);
              optional int32 difficulty;
              required group attributes (MAP) {
                repeated group key_value {
                  required binary key (STRING);
                  required binary value (STRING);
                }
              }
            }
            """);
  }

  @Test
  void columnsThatAreLeftOutComeBackNull() {
    Path file = folder.resolve("p.parquet");
    Set<String> without = Set.of("reference_answer", "reference_correct");
    write(file, Tables.PROBLEMS, SampleRows.PROBLEMS);
    List<Problem> problems = TableReader.readAll(file, Tables.PROBLEMS, without);
    assertThat(problems).extracting(Problem::referenceAnswer).containsOnlyNulls();
    assertThat(problems).extracting(Problem::difficulty).containsExactly(3, null, 0);
    assertThat(problems)
        .extracting(Problem::attributes)
        .isEqualTo(SampleRows.PROBLEMS.stream().map(Problem::attributes).toList());

    write(file, Tables.SOLUTIONS, SampleRows.SOLUTIONS);
    List<Solution> solutions = TableReader.readAll(file, Tables.SOLUTIONS, without);
    assertThat(solutions).extracting(Solution::referenceCorrect).containsOnlyNulls();
    assertThat(solutions).extracting(Solution::contentHash).containsExactly("h0", "h1", "h2");
  }

  @Test
  void columnsWithoutNullsThatAreLeftOutComeBackEmpty() {
    Path file = folder.resolve("p.parquet");
    write(file, Tables.PROBLEMS, SampleRows.PROBLEMS);
    List<Problem> problems =
        TableReader.readAll(
            file, Tables.PROBLEMS, Set.of("messages", "source", "difficulty", "attributes"));
    assertThat(problems)
        .isEqualTo(
            SampleRows.PROBLEMS.stream()
                .map(
                    problem ->
                        new Problem(
                            problem.problemId(),
                            List.of(),
                            problem.referenceAnswer(),
                            "",
                            null,
                            Map.of()))
                .toList());
    write(file, Tables.VERIFICATIONS, SampleRows.VERIFICATIONS);
    Verification first =
        TableReader.readAll(
                file,
                Tables.VERIFICATIONS,
                Set.of("step_verdicts", "text", "parsed", "prompt_tokens"))
            .get(0);
    assertThat(first.stepVerdicts()).isEmpty();
    assertThat(first.text()).isEmpty();
    assertThat(first.parsed()).isFalse();
    assertThat(first.promptTokens()).isZero();
    assertThat(first.verificationId()).isEqualTo(SampleRows.VERIFICATIONS.get(0).verificationId());
  }

  @Test
  void anotherTableIsRefused() {
    Path file = folder.resolve("p.parquet");
    write(file, Tables.DEV_ROLLOUTS, SampleRows.ROLLOUTS);
    assertThatThrownBy(() -> TableReader.readAll(file, Tables.ROLLOUTS, Set.of()))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "The file %s holds the table 'dev_rollouts'; the table 'rollouts' was expected."
                .formatted(file));
  }

  @Test
  void missingForeignAndChangedColumnsAreRefused() {
    record Message2(
        @Column("Who.") String role,
        @Column("What.") String content,
        @Column("Name.") String name) {}
    Path file = folder.resolve("x.parquet");
    Table<Message> narrow = new Table<>("talk", Message.class);
    Table<Message2> wide = new Table<>("talk", Message2.class);
    Table<StepSpan> other = new Table<>("talk", StepSpan.class);

    write(file, narrow, List.of(new Message("user", "hi")));
    assertThatThrownBy(() -> TableReader.readAll(file, wide, Set.of()))
        .hasMessage(
            "The file %s lacks the column 'name' (text) of the table 'talk'; it was not written by this version of Sluice."
                .formatted(file));
    write(file, wide, List.of(new Message2("user", "hi", "n")));
    assertThatThrownBy(() -> TableReader.readAll(file, narrow, Set.of()))
        .hasMessage(
            "The file %s has columns that the table 'talk' does not have: [name]; it was not written by this version of Sluice."
                .formatted(file));
    assertThatThrownBy(() -> TableReader.readAll(file, other, Set.of()))
        .hasMessage(
            "The file %s lacks the column 'begin' (int32) of the table 'talk'; it was not written by this version of Sluice."
                .formatted(file));
  }

  @Test
  void columns_mustBeDescribedAndOfAKnownType() {
    record Undescribed(@Column("Id.") String id, int count) {}
    record Unknown(@Column("When.") Instant time) {}
    assertThatThrownBy(() -> new Table<>("x", Undescribed.class).columns())
        .hasMessage("The field 'count' of a row has no @Column; describe it.");
    assertThatThrownBy(() -> new Table<>("x", Unknown.class).columns())
        .hasMessage("A column cannot hold values of INSTANT.");
  }

  @Test
  void nullsInRequiredColumnsAreRefused() {
    @SuppressWarnings("NullAway") // the mistake under test
    Message broken = new Message("user", null);
    Problem problem = new Problem("p", List.of(broken), null, "", null, Map.of());
    TableWriter<Problem> writer =
        TableWriter.open(new ByteArrayOutputStream(), Tables.PROBLEMS, Map.of());
    assertThatThrownBy(() -> writer.write(problem))
        .hasMessage(
            "Column 'content' may not be null, but it is in Message[role=user, content=null].");
  }

  @Test
  void truncationsAreDetected() throws IOException {
    Path file = folder.resolve("t.parquet");
    write(file, Tables.SOLUTIONS, SampleRows.SOLUTIONS);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 13) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TableReader.readAll(file, Tables.SOLUTIONS, Set.of()))
          .isInstanceOf(TableException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void flippedPagesAreDetectedAndFlippedFootersNeverCrash() throws IOException {
    Path file = folder.resolve("t.parquet");
    write(file, Tables.PREFERENCES, SampleRows.PREFERENCES);
    byte[] whole = Files.readAllBytes(file);
    int undetected = 0;
    for (int i = 0; i < whole.length; i += 5) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x20;
      Files.write(file, flipped);
      try {
        TableReader.readAll(file, Tables.PREFERENCES, Set.of());
        undetected++; // statistics, docs and index pages of the footer, which no row depends on
      } catch (TableException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
    assertThat(undetected).isLessThan(whole.length);
  }

  @Test
  void aTextFileIsRefusedWithASentence() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "these are not rows at all");
    assertThatThrownBy(() -> TableReader.readAll(file, Tables.PROBLEMS, Set.of()))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("The file %s cannot be read as Parquet (".formatted(file))
        .hasMessageEndingWith("); it is damaged, or another kind of file.");
  }

  /** An advantage that is estimated over a round is not in the row. */
  @Test
  void rolloutWithoutAnAdvantage_comesBackSo() {
    Rollout one = SampleRows.ROLLOUTS.get(1);
    Rollout without =
        new Rollout(
            one.rolloutId(),
            one.round(),
            one.problemId(),
            one.groupIndex(),
            one.completion(),
            one.tokenIds(),
            one.logprobs(),
            one.finishReason(),
            one.rewards(),
            one.reward(),
            null,
            one.advantages(),
            one.stepSpans(),
            one.stepVerdicts());
    Path file = folder.resolve("rollouts.parquet");
    write(file, Tables.ROLLOUTS, List.of(without, one));
    assertThat(TableReader.readAll(file, Tables.ROLLOUTS, Set.of())).containsExactly(without, one);
    assertThat(RowDigest.of(Tables.ROLLOUTS, List.of(without)))
        .isNotEqualTo(RowDigest.of(Tables.ROLLOUTS, List.of(one)));
  }

  @Test
  void tablesTravelByName() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(Tables.RUBRICS);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isSameAs(Tables.RUBRICS);
    }
    assertThatThrownBy(() -> Tables.named("votes"))
        .hasMessage(
            "There is no table 'votes'; the tables are problems, dropped_problems, text_vectors, solutions, rubrics, verifications, step_labels, preferences, rollouts, dev_rollouts, advantages, solution_scores, metrics, examples, dead_letters.");
  }

  private static <R extends Record> TableWriter<R> write(Path file, Table<R> table, List<R> rows) {
    TableWriter<R> writer = TableWriter.open(file, table, Map.of("sluice.stage", "Test"));
    try (writer) {
      rows.forEach(writer::write);
    }
    return writer;
  }
}
