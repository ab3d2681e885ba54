package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Printable;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynthesizeProblemsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private StageHost host() {
    return new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
  }

  private StageRun run(String yaml) {
    return host().run(new SynthesizeProblems(), yaml, Map.of());
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static double duplicates(StageRun run) {
    return Objects.requireNonNull(run.metrics().get("problems/duplicates")).value();
  }

  private static List<String> questions(StageRun run) {
    return run.rows(Tables.PROBLEMS).stream().map(Problem::question).toList();
  }

  @ParameterizedTest
  @EnumSource(Slice.class)
  void drawsDistinctChainsOfTheSlice(Slice slice) {
    StageRun run =
        run(
            "{source: {kind: arithmetic, count: 40, ops: {min: 2, max: 4}, slice: %s}}"
                .formatted(slice.name().toLowerCase(Locale.ROOT)));
    List<Problem> problems = run.rows(Tables.PROBLEMS);
    assertThat(questions(run))
        .hasSize(40)
        .doesNotHaveDuplicates()
        .allMatch(chain -> ArithmeticScripts.in(slice, chain));
    assertThat(problems).extracting(Problem::difficulty).containsOnly(2, 3, 4);
    assertThat(problems)
        .allMatch(
            problem -> problem.equals(withSource(Rows.arithmetic(problem.question()), problem)));
    assertThat(run.files("problems")).extracting(file -> file.rows()).containsExactly(32L, 8L);
  }

  private static Problem withSource(Problem made, Problem drawn) {
    return new Problem(
        made.problemId(),
        made.messages(),
        made.referenceAnswer(),
        "arithmetic",
        drawn.difficulty(),
        made.attributes());
  }

  @Test
  void grownSourceBeginsWithTheSameProblems() {
    List<String> few = questions(run("{source: {kind: arithmetic, count: 40}}"));
    List<String> many =
        questions(run("{source: {kind: arithmetic, count: 90}, shard_problems: 7}"));
    assertThat(many.subList(0, 40)).isEqualTo(few);
  }

  @Test
  void saltSetsASourceApart() {
    List<String> labels = questions(run("{source: {kind: arithmetic, count: 1000}}"));
    List<String> policy = questions(run("{source: {kind: arithmetic, count: 1000, salt: rl}}"));
    assertThat(policy).hasSize(1000).doesNotContainAnyElementsOf(labels);
    // Held-out slices are drawn whole, whatever the salt.
    assertThat(questions(run("{source: {kind: arithmetic, count: 20, slice: dev, salt: rl}}")))
        .isNotEqualTo(questions(run("{source: {kind: arithmetic, count: 20, slice: dev}}")));
  }

  @Test
  void readsJsonLines() throws IOException {
    Path file =
        file(
            "rows.jsonl",
            "{\"q\": \"one?\", \"truth\": {\"answer\": 1.5}, \"level\": 2}",
            "",
            "{\"q\": \"two?\", \"truth\": {\"answer\": null}}",
            "{\"q\": \"three?\", \"truth.answer\": \"3\"}",
            "{\"q\": \"four?\"}");
    StageRun run =
        run(
            "{source: {kind: file, path: '%s', limit: 3, columns: {question: q, reference_answer: truth.answer, difficulty: level}}, shard_problems: 2}"
                .formatted(file));
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(Problem::question, Problem::referenceAnswer, Problem::difficulty)
        .containsExactly(
            tuple("one?", "1.5", 2), tuple("two?", null, null), tuple("three?", "3", null));
    assertThat(run.files("problems")).extracting(f -> f.rows()).containsExactly(2L, 1L);
    assertThat(run.counts().expected()).isEqualTo(3);
  }

  @Test
  void readsCsv() throws IOException {
    Path file =
        file("rows.csv", "id,question,answer", "1,\"What, exactly?\",4", "2,\"Two", "lines?\",5");
    StageRun run =
        run(
            "{source: {kind: file, path: '%s', columns: {question: question, reference_answer: answer}}}"
                .formatted(file));
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(Problem::question, Problem::referenceAnswer)
        .containsExactly(tuple("What, exactly?", "4"), tuple("Two\nlines?", "5"));
  }

  @Test
  void readsParquet() {
    Problem problem = Rows.words("q", null);
    List<Solution> rows =
        List.of(Rows.solution(problem, 0, "A: 5"), Rows.solution(problem, 1, "Say\nA: $6.00"));
    StageHost host = host();
    String path = folder.resolve(host.shard(Tables.SOLUTIONS, rows).path()).toString();
    StageRun run =
        host.run(
            new SynthesizeProblems(),
            "{source: {kind: file, path: '%s', columns: {question: text, reference_answer: final_answer, difficulty: sample_index}}}"
                .formatted(path),
            Map.of());
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(Problem::question, Problem::referenceAnswer, Problem::difficulty)
        .containsExactly(tuple("A: 5", "5", 0), tuple("Say\nA: $6.00", "$6.00", 1));
  }

  @Test
  void rowsThatAreNoProblemsBecomeDeadLetters() throws IOException {
    Path file =
        file(
            "rows.jsonl",
            "{\"question\": \"2+3-4\"}",
            "{\"question\": \" \"}",
            "{\"question\": \"2+3-4\", \"level\": 1}",
            "{\"question\": \"7*2+1\", \"level\": \"hard\"}",
            "{\"question\": \"What is 2+3?\"}",
            "{\"question\": \"9-3+2\", \"level\": 2}");
    StageRun run =
        run(
            "{source: {kind: file, path: '%s', format: arithmetic, columns: {question: question, difficulty: level}}, shard_problems: 2}"
                .formatted(file));
    assertThat(questions(run)).containsExactly("2+3-4", "9-3+2");
    assertThat(run.dead())
        .extracting(DeadLetter::recordId, DeadLetter::errorClass, DeadLetter::errorMessage)
        .containsExactly(
            tuple("row-1", "missing", "Reading problems: row 1 (from 0) has no question."),
            tuple(
                "row-3",
                "invalid",
                "Reading problems: row 3 (from 0) has the difficulty 'hard', which is not a whole"
                    + " number."),
            tuple(
                "row-4",
                "invalid",
                "Reading problems: row 4 (from 0) is not a chain of the arithmetic world, such as"
                    + " 23+4-8*3."));
    // A shard of which every row died is a shard all the same.
    assertThat(run.files("problems")).extracting(f -> f.rows()).containsExactly(1L, 0L, 1L);
    assertThat(run.counts()).isEqualTo(new Counts(0, 5, 2, 3, 0));
  }

  @Test
  void rowsThatAskTheSameAreCountedAsDuplicatesNotAsDead() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      lines.add("{\"question\": \"q%d?\", \"r\": \"A: %d\"}".formatted(i / 4, i));
    }
    Path file = file("long.jsonl", lines.toArray(String[]::new));
    StageRun run = run("{source: {kind: file, path: '%s'}, shard_problems: 8}".formatted(file));
    assertThat(run.counts()).isEqualTo(new Counts(0, 20, 20, 0, 0));
    assertThat(run.dead()).isEmpty();
    assertThat(duplicates(run)).isEqualTo(60);
    assertThat(run.warnings())
        .containsExactly(
            "60 of 80 rows of '%s' ask what an earlier row asks and are left out as duplicates. If they hold further solutions, SampleSolutions reads these: file: {path: ..., solutions: COLUMN}."
                .formatted(file));
    // Shards hold as many problems as if there were no duplicates.
    assertThat(run.files("problems")).extracting(f -> f.rows()).containsExactly(8L, 8L, 4L);
  }

  @Test
  void rowsWithTheIdOfAnEarlierOneAreDuplicates() throws IOException {
    Path file =
        file(
            "ids.csv",
            "qid,question",
            "a,How many?",
            "a,How many are there?",
            "b,How much?",
            ",How far?",
            "c,How many?",
            ",How near?");
    StageRun run =
        run(
            "{source: {kind: file, path: '%s', columns: {question: question, id: qid}}}"
                .formatted(file));
    assertThat(questions(run)).containsExactly("How many?", "How much?", "How far?", "How near?");
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(problem -> problem.attributes().get("id"))
        .containsExactly("a", "b", "", "");
    assertThat(run.counts()).isEqualTo(new Counts(0, 4, 4, 0, 0));
    assertThat(duplicates(run)).isEqualTo(2);
  }

  @Test
  void fileWithoutDuplicatesSaysNone() throws IOException {
    StageRun run =
        run("{source: {kind: file, path: '%s'}}".formatted(file("p.jsonl", "{\"question\": 1}")));
    assertThat(duplicates(run)).isZero();
    assertThat(run.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "25000000.0 | 25000000",
        "0.0001 | 0.0001",
        "12345678.5 | 12345678.5",
        "18.0 | 18",
        "2.5e7 | 25000000",
        "1E-7 | 0.0000001",
        "-1.50e3 | -1500",
        "123456789012345678901234567890 | 123456789012345678901234567890",
        "0.1000000000000000055511151231257827 | 0.1000000000000000055511151231257827",
        "-0.0 | 0",
        "1e22 | 10000000000000000000000"
      })
  void numbersOfJsonKeepTheirValueAsReferences(String number, String text) throws IOException {
    Path file = file("n.jsonl", "{\"question\": \"q?\", \"answer\": %s}".formatted(number));
    assertThat(run(withAnswers(file)).rows(Tables.PROBLEMS))
        .extracting(Problem::referenceAnswer)
        .containsExactly(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "25000000.0 | 25000000.0",
        "2.5e+07 | 25000000",
        "1e-05 | 0.00001",
        "1E3 | 1000",
        "1.5E-3 | 0.0015",
        "2e | 2e",
        "about 1e3 | about 1e3"
      })
  void numbersOfCsvAreWrittenOut(String number, String text) throws IOException {
    Path file = file("n.csv", "question,answer", "q?," + number);
    assertThat(run(withAnswers(file)).rows(Tables.PROBLEMS))
        .extracting(Problem::referenceAnswer)
        .containsExactly(text);
  }

  @Test
  void numberBeyondAnyDoubleIsNotWrittenOut() throws IOException {
    Path file = file("n.jsonl", "{\"question\": \"q?\", \"answer\": 1e999999999}");
    assertThat(run(withAnswers(file)).rows(Tables.PROBLEMS))
        .extracting(Problem::referenceAnswer)
        .containsExactly("1E+999999999");
  }

  private static String withAnswers(Path file) {
    return "{source: {kind: file, path: '%s', columns: {question: question, reference_answer: answer}}}"
        .formatted(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"question\": \"b\"}{\"question\": \"c\"}",
        "{\"question\": \"b\"} {\"question\": \"c\"}",
        "{\"question\": \"b\"} xyz",
        "{\"question\": \"b\"}]",
        "{\"question\": \"b\"}}",
        "{\"question\": \"b\"},",
        "{\"question\": \"b\"}\u0000\u0000"
      })
  void lineThatGoesOnAfterItsValueIsNamed(String line) throws IOException {
    Path file = file("rows.jsonl", "{\"question\": \"é\"}", line, "{\"question\": \"d\"}");
    String rest = line.substring(17).strip();
    assertThatThrownBy(() -> run("{source: {kind: file, path: '%s'}}".formatted(file)))
        .hasMessage(
            "Reading rows of '%s': line 2 goes on after its first value, which ends at byte 17: '%s'; a row has a line of its own."
                .formatted(file, Printable.line(rest)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99999999999999999999",
        "-1e99999999999999999999",
        "[1, 2e-99999999999999999999]",
        "{\"x\": 0e+99999999999999999999}",
        "1.5E99999999999"
      })
  void numberBeyondAnyExponentIsNamedByItsLine(String number) throws IOException {
    Path file = file("rows.jsonl", "{\"question\": \"a\"}", "{\"question\": %s}".formatted(number));
    assertThatThrownBy(() -> run("{source: {kind: file, path: '%s'}}".formatted(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Reading rows of '%s': line 2 holds a number whose exponent is out of any range."
                .formatted(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"question\": \"b\" | is not JSON (",
        "{\"question\": \"b | is not JSON (",
        "\"question\" | is string, not an object of fields",
        "[{\"question\": \"b\"}] | is array, not an object of fields",
        "12 | is number, not an object of fields",
        "null | is null, not an object of fields",
        "ques | is not JSON ("
      })
  void lineThatIsNoRowIsNamed(String line, String what) throws IOException {
    Path file = Files.writeString(folder.resolve("cut.jsonl"), "\n{\"question\": \"a\"}\n" + line);
    assertThatThrownBy(() -> run("{source: {kind: file, path: '%s'}}".formatted(file)))
        .hasMessageStartingWith("Reading rows of '%s': line 3 %s".formatted(file, what));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "question,answer\nQ1,18\nQ2,5\n\n",
        "question,answer\nQ1,18\n\nQ2,5",
        "question,answer\n\n\nQ1,18\n \nQ2,5\n",
        "\nquestion,answer\nQ1,18\nQ2,5\n",
        "question,answer\r\nQ1,18\r\n\r\nQ2,5\r\n\r\n",
        "\uFEFFquestion,answer\nQ1,18\nQ2,5\n"
      })
  void blankLinesOfCsvAreNoRows(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("blank.csv"), text);
    StageRun run = run(withAnswers(file));
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(Problem::question, Problem::referenceAnswer)
        .containsExactly(tuple("Q1", "18"), tuple("Q2", "5"));
    assertThat(run.counts()).isEqualTo(new Counts(0, 2, 2, 0, 0));
  }

  @Test
  void blankLineWithinAQuotedTextStays() throws IOException {
    Path file = file("q.csv", "question,answer", "\"one", "", "two\",3");
    assertThat(questions(run(withAnswers(file)))).containsExactly("one\n\ntwo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"Q2,5,6 | line 3", "\"Q2,5 | line 3"})
  void csvLineThatCannotBeReadIsNamed(String line, String place) throws IOException {
    Path file = file("broken.csv", "question,answer", "Q1,18", line);
    assertThatThrownBy(() -> run(withAnswers(file)))
        .hasMessageStartingWith("Reading rows of '%s': %s".formatted(file, place))
        .hasMessageContaining("cannot be read as CSV");
  }

  @Test
  void fileThatBeginsWithAByteOrderMarkIsReadWhole() throws IOException {
    Path file = file("bom.jsonl", "\uFEFF{\"question\": \"one?\"}", "{\"question\": \"two?\"}");
    assertThat(questions(run("{source: {kind: file, path: '%s'}}".formatted(file))))
        .containsExactly("one?", "two?");
    Path glued = file("glued.jsonl", "\uFEFF{\"question\": \"one?\"}{}");
    assertThatThrownBy(() -> run("{source: {kind: file, path: '%s'}}".formatted(glued)))
        .hasMessageContaining("line 1 goes on after its first value");
  }

  @Test
  void fileThatChangedIsReadAnew() throws IOException {
    Path file = file("rows.jsonl", "{\"question\": \"one?\"}", "{\"question\": \"two?\"}");
    String yaml = "{source: {kind: file, path: '%s'}}".formatted(file);
    assertThat(questions(run(yaml))).containsExactly("one?", "two?");
    Files.delete(file);
    file("rows.jsonl", "{\"question\": \"one?\"}", "{\"question\": \"three?\"}");
    assertThat(questions(run(yaml))).containsExactly("one?", "three?");
    Files.delete(file);
    assertThatThrownBy(() -> run(yaml)).hasMessageStartingWith("Reading rows: there is no file");
  }

  @Test
  void limitEndsBeforeALineThatIsBroken() throws IOException {
    Path file = file("rows.jsonl", "{\"question\": \"one?\"}", "{");
    assertThat(questions(run("{source: {kind: file, path: '%s', limit: 1}}".formatted(file))))
        .containsExactly("one?");
  }

  @Test
  void fileThatCannotBeReadIsNamed() throws IOException {
    assertThatThrownBy(() -> run("{source: {kind: file, path: /no/where.jsonl}}"))
        .hasMessage("Reading rows: there is no file '/no/where.jsonl'. Check the source's path.");
    Path text = file("rows.txt", "x");
    assertThatThrownBy(() -> run("{source: {kind: file, path: '%s'}}".formatted(text)))
        .hasMessage(
            "Reading rows of '%s': the ending tells the kind of file, and is .jsonl, .csv or .parquet."
                .formatted(text));
    Path broken = file("broken.jsonl", "{\"question\": \"a\"}", "{\"question\": ");
    assertThatThrownBy(() -> run("{source: {kind: file, path: '%s'}}".formatted(broken)))
        .hasMessageStartingWith("Reading rows of '%s': line 2 is not JSON (".formatted(broken));
  }

  @Test
  void attributesOfColumns_areTexts_listsAreJson() throws IOException {
    Path file =
        file(
            "rows.jsonl",
            "{\"q\": \"one?\", \"db\": \"shop\", \"tests\": [\"assert f(1)\"]}",
            "{\"q\": \"two?\", \"db\": null}");
    StageRun run =
        run(
            "{source: {kind: file, path: '%s', columns: {question: q, attributes: {database: db, tests: tests}}}}"
                .formatted(file));
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(Problem::attributes)
        .containsExactly(
            Map.of("format", "text", "row", "0", "database", "shop", "tests", "[\"assert f(1)\"]"),
            Map.of("format", "text", "row", "1"));
  }
}
