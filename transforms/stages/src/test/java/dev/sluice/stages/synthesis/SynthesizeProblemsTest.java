package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.records.DeadLetter;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.Tables;
import dev.sluice.stages.arithmetic.Slice;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
                "row-2",
                "duplicate",
                "Reading problems: row 2 (from 0) asks what an earlier row asks."),
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
    assertThat(run.counts().expected()).isEqualTo(6);
    assertThat(run.counts().out()).isEqualTo(2);
    assertThat(run.counts().dead()).isEqualTo(4);
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
}
