package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.InMemoryDriver;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets as sources of problems, solutions and labels. */
class DatasetStagesTest {
  private static final String MANY = id("How many?");
  private static final String FAR = id("How far?\nIn km.");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private StageHost host;

  @BeforeEach
  void host() {
    host = new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
  }

  private static String id(String question) {
    return Hashes.problemId(List.of(Message.user(question)));
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static String processBench(String question, String steps, int label, boolean correct) {
    return "{\"id\": \"gsm8k-1\", \"generator\": \"m\", \"problem\": \"%s\", \"steps\": %s, \"label\": %d, \"final_answer_correct\": %s}"
        .formatted(question, steps, label, correct);
  }

  /** Two problems, three solutions, a broken line, a row without a question, a bad label. */
  private Path mixed() throws IOException {
    return file(
        "mixed.jsonl",
        processBench("How many?", "[\"2+2=4\", \"Answer: 4\"]", -1, true),
        processBench("How far?\\nIn km.", "[\"\\\"a\\\" 😀\", \"b\\nc\", \"Answer: 9\"]", 1, false),
        "{\"problem\": \"How",
        "",
        processBench("How many?", "[\"2+2=5\", \"Answer: 5\"]", 0, false),
        "{\"steps\": [\"a\"], \"label\": 0}",
        processBench("How many?", "[\"2+2=5\"]", 3, false));
  }

  private StageRun problems(Path file, String dataset) {
    return host.run(
        new SynthesizeProblems(),
        "{source: {kind: file, path: '%s', dataset: %s}, shard_problems: 1}"
            .formatted(file, dataset),
        Map.of());
  }

  private StageRun solutions(Path file, String dataset, StageRun problems) {
    return host.run(
        new SampleSolutions(),
        "{file: {path: '%s', dataset: %s}}".formatted(file, dataset),
        Map.of("problems", problems.files("problems")));
  }

  private StageRun labels(
      Path file, String dataset, StageRun problems, StageRun solutions, String more) {
    return host.run(
        new AggregateStepLabels(),
        "{estimator: {kind: file, path: '%s', dataset: %s}%s}".formatted(file, dataset, more),
        Map.of(
            "problems", problems.files("problems"),
            "solutions", solutions.files("solutions")));
  }

  @Test
  void problems_rowsOfADataset_askOnceAndBrokenRowsAreDead() throws IOException {
    StageRun run = problems(mixed(), "processbench");
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(Problem::problemId, Problem::source, Problem::attributes)
        .containsExactly(
            tuple(MANY, "processbench", Map.of("format", "text", "row", "0", "id", "gsm8k-1")),
            tuple(FAR, "processbench", Map.of("format", "text", "row", "1", "id", "gsm8k-1")));
    assertThat(run.counts()).isEqualTo(new Counts(0, 4, 2, 2, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage, DeadLetter::recordId, DeadLetter::errorClass)
        .containsExactly(
            tuple(
                "Reading problems: line 3 is not JSON (Unexpected end-of-input in VALUE_STRING).",
                "row-2",
                "invalid"),
            tuple("Reading problems: line 6 has no text in column 'problem'.", "row-4", "missing"));
    assertThat(run.dead().get(0).failedRow()).isEqualTo("\"{\\\"problem\\\": \\\"How\"");
    assertThat(run.metric("problems/duplicates")).isEqualTo(2);
    assertThat(run.warnings())
        .containsExactly(
            "2 of 6 rows of '%s' ask what an earlier row asks and are left out as duplicates. If they hold further solutions, SampleSolutions reads these: file: {path: ..., dataset: processbench}."
                .formatted(folder.resolve("mixed.jsonl")));
  }

  @Test
  void solutions_rowsOfADataset_haveTheIdsOfARun() throws IOException {
    Path file = mixed();
    StageRun run = solutions(file, "processbench", problems(file, "processbench"));
    assertThat(run.rows(Tables.SOLUTIONS))
        .extracting(
            Solution::solutionId,
            Solution::text,
            Solution::steps,
            Solution::finalAnswer,
            Solution::referenceCorrect,
            Solution::model,
            Solution::finishReason,
            Solution::contentHash)
        .containsExactly(
            tuple(
                Hashes.childId(MANY, "SampleSolutions", 0),
                "2+2=4\nAnswer: 4",
                List.of("2+2=4", "Answer: 4"),
                "4",
                true,
                "m",
                "file",
                Hashes.id("2+2=4\nAnswer: 4")),
            tuple(
                Hashes.childId(MANY, "SampleSolutions", 1),
                "2+2=5\nAnswer: 5",
                List.of("2+2=5", "Answer: 5"),
                "5",
                false,
                "m",
                "file",
                Hashes.id("2+2=5\nAnswer: 5")),
            tuple(
                Hashes.childId(FAR, "SampleSolutions", 0),
                "\"a\" 😀\nb\nc\nAnswer: 9",
                List.of("\"a\" 😀", "b\nc", "Answer: 9"),
                "9",
                false,
                "m",
                "file",
                Hashes.id("\"a\" 😀\nb\nc\nAnswer: 9")));
    assertThat(run.counts()).isEqualTo(new Counts(2, 6, 3, 3, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage, DeadLetter::recordId)
        .containsExactly(
            tuple(
                "Reading stored solutions: line 7 has the label 3 for 1 steps; a label is the index of a step, or -1 for none.",
                Hashes.childId(MANY, "SampleSolutions", 2)),
            tuple(
                "Reading stored solutions: line 3 is not JSON (Unexpected end-of-input in VALUE_STRING).",
                "row-2"),
            tuple("Reading stored solutions: line 6 has no text in column 'problem'.", "row-4"));
  }

  @Test
  void labels_rowsOfADataset_areTheLabels() throws IOException {
    Path file = mixed();
    StageRun problems = problems(file, "processbench");
    StageRun run =
        labels(file, "processbench", problems, solutions(file, "processbench", problems), "");
    assertThat(run.rows(Tables.STEP_LABELS))
        .containsExactly(
            label(
                Hashes.childId(MANY, "SampleSolutions", 0),
                MANY,
                List.of("2+2=4", "Answer: 4"),
                List.of(true, true)),
            label(
                Hashes.childId(MANY, "SampleSolutions", 1),
                MANY,
                List.of("2+2=5", "Answer: 5"),
                List.of(false, false)),
            label(
                Hashes.childId(FAR, "SampleSolutions", 0),
                FAR,
                List.of("\"a\" 😀", "b\nc", "Answer: 9"),
                List.of(true, false, false)));
    assertThat(run.counts()).isEqualTo(new Counts(3, 6, 3, 3, 0));
    assertThat(run.metric("labels/labelled")).isEqualTo(3);
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage, DeadLetter::recordId, DeadLetter::stage)
        .containsExactly(
            tuple(
                "Reading stored labels: line 7 has the label 3 for 1 steps; a label is the index of a step, or -1 for none.",
                "row-5",
                "AggregateStepLabels"),
            tuple(
                "Reading stored labels: line 3 is not JSON (Unexpected end-of-input in VALUE_STRING).",
                "row-2",
                "AggregateStepLabels"),
            tuple(
                "Reading stored labels: line 6 has no text in column 'problem'.",
                "row-4",
                "AggregateStepLabels"));
  }

  private static StepLabel label(
      String solution, String problem, List<String> steps, List<Boolean> labels) {
    return new StepLabel(
        solution,
        problem,
        "labelled",
        steps,
        labels.stream().map(correct -> correct ? 1.0 : 0.0).toList(),
        labels,
        labels.indexOf(false),
        !labels.contains(false),
        1,
        labels.stream().map(correct -> 1.0).toList(),
        "file",
        null);
  }

  @Test
  void units_inAnyOrder_giveTheSameRows() throws IOException {
    Path file = mixed();
    StageRun problems = problems(file, "processbench");
    StageRun solutions = solutions(file, "processbench", problems);
    StageRun labels = labels(file, "processbench", problems, solutions, "");
    host.forget().order(InMemoryDriver.Order.BACKWARDS);
    assertThat(problems(file, "processbench").digests()).isEqualTo(problems.digests());
    assertThat(solutions(file, "processbench", problems).digests()).isEqualTo(solutions.digests());
    assertThat(labels(file, "processbench", problems, solutions, "").digests())
        .isEqualTo(labels.digests());
  }

  @Test
  void labels_equalTextsWithDifferentLabels_goInTheirOrder() throws IOException {
    Path file =
        file(
            "twice.jsonl",
            "{\"prompt\": \"How many?\", \"completions\": [\"A: 4\"], \"labels\": [true]}",
            "{\"prompt\": \"How many?\", \"completions\": [\"A: 4\"], \"labels\": [false]}");
    StageRun problems = problems(file, "trl");
    StageRun run = labels(file, "trl", problems, solutions(file, "trl", problems), "");
    assertThat(run.rows(Tables.STEP_LABELS))
        .extracting(StepLabel::stepLabels)
        .containsExactly(List.of(true), List.of(false));
  }

  @Test
  void labels_solutionsOfAnotherSource_areFoundByTheirText() throws IOException {
    Path plain =
        file(
            "plain.jsonl",
            "{\"question\": \"How many?\", \"r\": [\"2+2=4\\nA: 4\", \"A: 5\", \"A: 4\\n\\n\", \"x\\ny\"]}");
    Path stored =
        file(
            "stored.jsonl",
            "{\"prompt\": \"How many?\\n\", \"completions\": [\"2+2=4\", \"A: 4\"], \"labels\": [true, true]}",
            "{\"prompt\": \"How many?\", \"completions\": [\"x\\ny\"], \"labels\": [false]}",
            "{\"prompt\": \"Another?\", \"completions\": [\"A: 5\"], \"labels\": [false]}");
    StageRun problems =
        host.run(
            new SynthesizeProblems(),
            "{source: {kind: file, path: '%s'}}".formatted(plain),
            Map.of());
    StageRun solutions =
        host.run(
            new SampleSolutions(),
            "{file: {path: '%s', solutions: r}}".formatted(plain),
            Map.of("problems", problems.files("problems")));
    StageRun run = labels(stored, "trl", problems, solutions, "");
    assertThat(run.rows(Tables.STEP_LABELS))
        .extracting(StepLabel::status, StepLabel::stepLabels, StepLabel::votes)
        .containsExactly(
            tuple("labelled", List.of(true, true), 1),
            tuple("few_votes", List.of(), 0),
            tuple("few_votes", List.of(), 0));
    assertThat(run.counts()).isEqualTo(new Counts(4, 4, 3, 1, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage)
        .containsExactly(
            "Reading stored labels: line 2 has 1 labels for a text that the table of solutions has in 2 steps.");
  }

  @Test
  void labels_unpairedRows_areOnTheWholeSolution() throws IOException {
    Path file =
        file(
            "unpaired.jsonl",
            "{\"prompt\": \"How many?\", \"completion\": \"A: 4\", \"label\": true}",
            "{\"prompt\": \"How many?\", \"completion\": \"A: 5\", \"label\": false}",
            "{\"prompt\": \"How many?\", \"completion\": \"A: 6\"}");
    StageRun problems = problems(file, "trl");
    StageRun run =
        labels(
            file,
            "trl, granularity: outcome",
            problems,
            solutions(file, "trl", problems),
            ", preferences: 3");
    assertThat(run.rows(Tables.STEP_LABELS))
        .extracting(StepLabel::status, StepLabel::outcome, StepLabel::stepLabels)
        .containsExactly(
            tuple("labelled", true, List.of()),
            tuple("labelled", false, List.of()),
            tuple("few_votes", null, List.of()));
    assertThat(run.rows(Tables.PREFERENCES))
        .extracting(Preference::chosen, Preference::rejected, Preference::margin)
        .containsExactly(tuple("A: 4", "A: 5", 1.0));
    StageRun ofSteps = labels(file, "trl", problems, solutions(file, "trl", problems), "");
    assertThat(ofSteps.rows(Tables.STEP_LABELS))
        .extracting(StepLabel::status)
        .containsExactly("few_votes", "few_votes", "few_votes");
    assertThat(ofSteps.warnings())
        .containsExactly(
            "'%s' labels 0 of 3 solutions. A label is found by the problem and the text of its solution; a step without a rating leaves a solution without one, and one of a whole solution needs 'granularity: outcome'."
                .formatted(file));
  }

  @Test
  void preferences_rowsOfPairs_areThePairs() throws IOException {
    Path file =
        file(
            "pairs.jsonl",
            "{\"prompt\": \"How many?\", \"chosen\": \"A: 4\", \"rejected\": \"A: 5\", \"margin\": 0.25}",
            "{\"prompt\": \"How many?\", \"chosen\": [\"A: 4\"], \"rejected\": [\"A: 6\", \"A: 7\"]}",
            "{\"prompt\": \"How many?\", \"chosen\": \"A: 4\"}");
    StageRun problems = problems(file, "preference");
    StageRun solutions = solutions(file, "preference", problems);
    StageRun run = labels(file, "preference", problems, solutions, ", preferences: 2");
    List<Solution> rows = solutions.rows(Tables.SOLUTIONS);
    assertThat(rows)
        .extracting(Solution::text)
        .containsExactly("A: 4", "A: 5", "A: 4", "A: 6", "A: 7");
    assertThat(run.rows(Tables.PREFERENCES))
        .containsExactly(
            new Preference(
                Hashes.id(rows.get(0).solutionId(), rows.get(1).solutionId()),
                MANY,
                "How many?",
                "A: 4",
                "A: 5",
                0.25,
                0.25,
                rows.get(0).solutionId(),
                rows.get(1).solutionId()),
            new Preference(
                Hashes.id(rows.get(2).solutionId(), rows.get(3).solutionId()),
                MANY,
                "How many?",
                "A: 4",
                "A: 6",
                1,
                1,
                rows.get(2).solutionId(),
                rows.get(3).solutionId()));
    assertThat(run.rows(Tables.STEP_LABELS))
        .hasSize(5)
        .allMatch(label -> label.status().equals("few_votes"));
    assertThat(run.counts()).isEqualTo(new Counts(5, 6, 5, 1, 0));
    assertThat(run.warnings()).isEmpty();
  }

  @Test
  void arithmetic_rowsOfADataset_areOfThatWorld() throws IOException {
    Path file =
        file(
            "chains.jsonl",
            "{\"prompt\": \"2+3\\n\", \"completions\": [\"2+3=5\", \"#5\"], \"labels\": [true, true]}",
            "{\"prompt\": \"How many?\", \"completions\": [\"a\"], \"labels\": [true]}");
    StageRun run =
        host.run(
            new SynthesizeProblems(),
            "{source: {kind: file, path: '%s', dataset: trl, format: arithmetic}}".formatted(file),
            Map.of());
    assertThat(run.rows(Tables.PROBLEMS)).extracting(Problem::question).containsExactly("2+3");
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage)
        .containsExactly(
            "Reading problems: line 2 is not a chain of the arithmetic world, such as 23+4-8*3.");
  }

  @Test
  void solutions_problemThatTheDatasetLacks_isADeadLetter() throws IOException {
    Path file = mixed();
    Path other = file("other.jsonl", processBench("What?", "[\"Answer: 4\"]", -1, true));
    StageRun run = solutions(other, "processbench", problems(file, "processbench"));
    assertThat(run.counts()).isEqualTo(new Counts(2, 2, 0, 2, 0));
    assertThat(run.dead().get(0).errorMessage())
        .isEqualTo(
            "Reading stored solutions: problem %s has no row in '%s'; rows of 'processbench' are matched by all that they ask."
                .formatted(MANY, other));
  }

  @Test
  void problems_emptyFile_givesNone() throws IOException {
    Path file = file("empty.jsonl");
    StageRun run = problems(file, "prm800k");
    assertThat(run.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0));
    assertThat(run.files("problems")).isEmpty();
  }
}
