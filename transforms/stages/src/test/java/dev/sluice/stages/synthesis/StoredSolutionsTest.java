package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredSolutionsTest {
  private static final int QUESTIONS = 20;
  private static final int SOLUTIONS = 4;
  private static final Problem MANY = Rows.words("How many?", "4");
  private static final Problem FAR = Rows.words("How far?", "9");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private StageHost host() {
    return new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private StageRun replay(String yaml, Problem... problems) {
    StageHost host = host();
    return host.run(
        new SampleSolutions(),
        yaml,
        Map.of("problems", List.of(host.shard(Tables.PROBLEMS, List.of(problems)))));
  }

  private static String question(int q) {
    return "What are %d and 2 less 1?".formatted(q);
  }

  /** Right, wrong in a step, wrong in the answer alone, without an answer. */
  private static String solution(int q, int k) {
    return switch (k) {
      case 0 -> "%d+2=%d\\n%d-1=%d\\nA: %d".formatted(q, q + 2, q + 2, q + 1, q + 1);
      case 1 -> "%d+2=%d\\n%d-1=%d\\nA: %d".formatted(q, q + 3, q + 3, q + 2, q + 2);
      case 2 -> "%d+2=%d\\n%d-1=%d\\nA: %d".formatted(q, q + 2, q + 2, q + 1, q + 7);
      default -> "%d+2=%d\\nand so on".formatted(q, q + 2);
    };
  }

  private static List<String> wide() {
    List<String> lines = new ArrayList<>();
    for (int q = 0; q < QUESTIONS; q++) {
      StringBuilder line = new StringBuilder("{\"question\": \"%s\"".formatted(question(q)));
      for (int k = 0; k < SOLUTIONS; k++) {
        line.append(", \"s%d\": \"%s\", \"ok%d\": %s".formatted(k, solution(q, k), k, k == 0));
      }
      lines.add(line + "}");
    }
    return lines;
  }

  private static String row(int q, int k) {
    return "{\"question\": \"%s\", \"response\": \"%s\", \"ok\": %s}"
        .formatted(question(q), solution(q, k), k == 0);
  }

  private static List<String> byQuestion() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < QUESTIONS * SOLUTIONS; i++) {
      lines.add(row(i / SOLUTIONS, i % SOLUTIONS));
    }
    return lines;
  }

  private static List<String> bySample() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < QUESTIONS * SOLUTIONS; i++) {
      lines.add(row(i % QUESTIONS, i / QUESTIONS));
    }
    return lines;
  }

  private static List<String> lists(String item, String more) {
    List<String> lines = new ArrayList<>();
    for (int q = 0; q < QUESTIONS; q++) {
      List<String> items = new ArrayList<>();
      for (int k = 0; k < SOLUTIONS; k++) {
        items.add(item.formatted(solution(q, k), k == 0));
      }
      lines.add(
          "{\"question\": \"%s\", \"responses\": [%s]%s}"
              .formatted(question(q), String.join(", ", items), more));
    }
    return lines;
  }

  private record Chained(StageRun problems, StageRun solutions, StageRun labels) {
    static Chained of(StageHost host, Path file, String stored) {
      StageRun problems =
          host.run(
              new SynthesizeProblems(),
              "{source: {kind: file, path: '%s'}, shard_problems: 7}".formatted(file),
              Map.of());
      StageRun solutions =
          host.run(
              new SampleSolutions(),
              "{file: {path: '%s', %s}}".formatted(file, stored),
              Map.of("problems", problems.files("problems")));
      StageRun votes =
          host.run(
              new VerifySolutions(),
              "{checks: [rule, calculator]}",
              Map.of(
                  "problems", problems.files("problems"),
                  "solutions", solutions.files("solutions")));
      StageRun labels =
          host.run(
              new AggregateStepLabels(),
              "{preferences: 2}",
              Map.of(
                  "problems", problems.files("problems"),
                  "solutions", solutions.files("solutions"),
                  "verifications", votes.files("verifications")));
      return new Chained(problems, solutions, labels);
    }
  }

  @Test
  void everyLayout_sameSolutions_givesEqualLabels() throws IOException {
    StageHost host = host();
    Chained wide =
        Chained.of(
            host,
            file("wide.jsonl", wide()),
            "columns: [{text: s0, correct: ok0}, {text: s1, correct: ok1}, {text: s2, correct: ok2}, {text: s3, correct: ok3}]");
    Map<String, String> digests = wide.labels().digests();
    assertThat(wide.labels().rows(Tables.STEP_LABELS))
        .hasSize(80)
        .extracting(label -> label.status() + " " + label.firstError())
        .contains("labelled -1", "tie -1");
    List<Chained> others =
        List.of(
            Chained.of(host, file("long.jsonl", byQuestion()), "solutions: response, correct: ok"),
            Chained.of(
                host, file("mixed.jsonl", bySample()), "columns: [{text: response, correct: ok}]"),
            Chained.of(
                host,
                file("lists.jsonl", lists("\"%1$s\"", ", \"labels\": [true, false, false, false]")),
                "solutions: responses, correct: labels"),
            Chained.of(
                host,
                file("objects.jsonl", lists("{\"text\": \"%s\", \"ok\": %s}", "")),
                "solutions: 'responses[*].text', correct: 'responses[*].ok'"));
    for (Chained other : others) {
      assertThat(other.problems().counts()).isEqualTo(new Counts(0, 20, 20, 0, 0));
      assertThat(other.solutions().counts()).isEqualTo(new Counts(20, 80, 80, 0, 0));
      assertThat(other.solutions().rows(Tables.SOLUTIONS))
          .usingRecursiveComparison()
          .ignoringFields("model")
          .isEqualTo(wide.solutions().rows(Tables.SOLUTIONS));
      assertThat(other.labels().digests()).isEqualTo(digests);
    }
  }

  @Test
  void rowsOfAnId_belongToTheProblemOfThatId() throws IOException {
    Path problems =
        file(
            "problems.jsonl",
            List.of(
                "{\"uid\": 7, \"question\": \"How many?\"}",
                "{\"uid\": 8, \"question\": \"How far?\"}"));
    Path solutions =
        file(
            "solutions.csv",
            List.of("uid,response,ok", "8,A: 9,1", "7,A: 4,0", "8,A: 3,no", "9,A: 1,1"));
    StageHost host = host();
    StageRun read =
        host.run(
            new SynthesizeProblems(),
            "{source: {kind: file, path: '%s', columns: {question: question, id: uid}}}"
                .formatted(problems),
            Map.of());
    StageRun run =
        host.run(
            new SampleSolutions(),
            "{file: {path: '%s', id: uid, solutions: response, correct: ok}}".formatted(solutions),
            Map.of("problems", read.files("problems")));
    assertThat(run.rows(Tables.SOLUTIONS))
        .extracting(
            Solution::problemId,
            Solution::sampleIndex,
            Solution::finalAnswer,
            Solution::referenceCorrect)
        .containsExactly(
            tuple(MANY.problemId(), 0, "4", false),
            tuple(FAR.problemId(), 0, "9", true),
            tuple(FAR.problemId(), 1, "3", false));
  }

  @Test
  void rowsOfAnId_problemWithoutOne_areFoundByTheTextOfTheirFirstRow() throws IOException {
    Path file =
        file(
            "long.jsonl",
            List.of(
                "{\"question\": \"How many?\", \"uid\": \"a\", \"r\": \"A: 1\"}",
                "{\"uid\": \"a\", \"r\": \"A: 2\"}",
                "{\"question\": \"How many?\", \"r\": \"A: 3\"}"));
    assertThat(
            replay("{file: {path: '%s', id: uid, solutions: r}}".formatted(file), MANY)
                .rows(Tables.SOLUTIONS))
        .extracting(Solution::finalAnswer)
        .containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"question\": \"How many?\", \"r\": [\"A: 1\", \" \", null]} | 1 | 2 | has no text in column 'r'",
        "{\"question\": \"How many?\", \"r\": []} | 0 | 1 | has an empty list in column 'r'",
        "{\"question\": \"How many?\", \"r\": null} | 0 | 1 | has no text in column 'r'",
        "{\"question\": \"How many?\", \"r\": [\"A: 1\", \"A: 2\"], \"ok\": [true]} | 0 | 2 | has 2 solutions in column 'r' and 1 values in column 'ok'; the two go in pairs",
        "{\"question\": \"How many?\", \"r\": \"A: 1\", \"ok\": [true, false]} | 0 | 1 | has 1 solutions in column 'r' and 2 values in column 'ok'; the two go in pairs",
        "{\"question\": \"How many?\", \"r\": [{\"text\": \"A: 1\"}]} | 0 | 1 | has an object in column 'r'; name the field of its text, such as r.text",
        "{\"question\": \"How many?\", \"r\": [[\"A: 1\"]]} | 0 | 1 | has a list in a list in column 'r'; name the field of its text, such as r.text"
      })
  void solutionThatCannotBeRead_isADeadLetter(String line, int out, int dead, String fault)
      throws IOException {
    Path file = file("rows.jsonl", List.of(line));
    StageRun run = replay("{file: {path: '%s', solutions: r, correct: ok}}".formatted(file), MANY);
    assertThat(run.counts()).isEqualTo(new Counts(1, out + dead, out, dead, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage)
        .isEqualTo(
            Collections.nCopies(
                dead,
                "Reading stored solutions: problem %s %s.".formatted(MANY.problemId(), fault)));
  }

  @Test
  void itemWithoutTheField_isADeadLetterOfItsOwn() throws IOException {
    Path file =
        file(
            "rows.jsonl",
            List.of(
                "{\"question\": \"How many?\", \"r\": [{\"t\": {\"x\": \"A: 1\"}}, {}, {\"t\": {\"x\": \"A: 3\"}}]}"));
    StageRun run = replay("{file: {path: '%s', solutions: 'r[*].t.x'}}".formatted(file), MANY);
    assertThat(run.rows(Tables.SOLUTIONS))
        .extracting(Solution::sampleIndex, Solution::finalAnswer)
        .containsExactly(tuple(0, "1"), tuple(2, "3"));
    assertThat(run.counts()).isEqualTo(new Counts(1, 3, 2, 1, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{path: f} | solutions are in one column 'solutions' or in several 'columns'; name one of the two",
        "{path: f, solutions: a, columns: [{text: b}]} | solutions are in one column 'solutions' or in several 'columns'; name one of the two",
        "{path: f, correct: ok, columns: [{text: b}]} | 'correct' belongs to 'solutions'; name it in each of the 'columns' instead"
      })
  void keysThatContradict_areAMistake(String file, String message) {
    assertThat(
            new SampleSolutions()
                .check(Configs.of(SampleSolutions.Config.class, "{file: %s}".formatted(file))))
        .containsExactly(new ConfigMistake("file", message));
  }
}
