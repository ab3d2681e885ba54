package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.models.Sampling;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSolutionsTest {
  private static final Problem PROBLEM = Rows.arithmetic("4+5-2");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private StageHost host() {
    return new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
  }

  private StageRun run(StageHost host, String yaml, Problem... problems) {
    return host.run(
        new SampleSolutions(),
        yaml,
        Map.of("problems", List.of(host.shard(Tables.PROBLEMS, List.of(problems)))));
  }

  @Test
  void everySampleHasItsDerivedSeed() {
    List<String> asked = new ArrayList<>();
    StageHost host =
        host()
            .with(
                "solver",
                (prompt, sampling, index, seed) -> {
                  asked.add(prompt + " " + index + " " + seed);
                  assertThat(sampling).isEqualTo(new Sampling(0.5, 0.9, 3, 20, List.of("!")));
                  return "4+5=9\n9-2=7\n#7";
                });
    StageRun run =
        run(
            host,
            "{model: solver, samples: 2, temperature: 0.5, top_p: 0.9, top_k: 3, max_tokens: 20,"
                + " stop: ['!']}",
            PROBLEM);
    String id = PROBLEM.problemId();
    assertThat(asked)
        .containsExactly(
            "4+5-2: 0 " + Hashes.seed(7, "SampleSolutions", "", 0, id, 0),
            "4+5-2: 1 " + Hashes.seed(7, "SampleSolutions", "", 0, id, 1));
    String text = "4+5=9\n9-2=7\n#7";
    assertThat(run.rows(Tables.SOLUTIONS)).containsExactly(sampled(0, text), sampled(1, text));
  }

  private static Solution sampled(int k, String text) {
    return new Solution(
        Hashes.childId(PROBLEM.problemId(), "SampleSolutions", k),
        PROBLEM.problemId(),
        k,
        text,
        List.of("4+5=9", "9-2=7", "#7"),
        "7",
        "stop",
        6,
        15,
        -0.5,
        -0.5,
        "revision of solver",
        null,
        Hashes.id(text));
  }

  @Test
  void solutionThatIsCutOffSaysSo() {
    StageHost host = host().with("solver", (prompt, sampling, index, seed) -> "4+5=9\n9-2=7\n#007");
    assertThat(
            run(host, "{model: solver, samples: 1, max_tokens: 7}", PROBLEM).rows(Tables.SOLUTIONS))
        .extracting(Solution::text, Solution::finishReason, Solution::finalAnswer, Solution::steps)
        .containsExactly(tuple("4+5=9\n9", "length", null, List.of("4+5=9", "9")));
    // Answers are compared as text, so leading zeros go.
    assertThat(
            run(host, "{model: solver, samples: 1, max_tokens: 99}", PROBLEM)
                .rows(Tables.SOLUTIONS))
        .extracting(Solution::finishReason, Solution::finalAnswer)
        .containsExactly(tuple("stop", "7"));
  }

  @Test
  void requestThatFailsLeavesADeadLetterForEverySample() {
    StageHost host = host().with("solver", ArithmeticScripts.poisoned());
    StageRun run =
        run(
            host,
            "{model: solver, samples: 3}",
            Rows.arithmetic("8+2-1"),
            Rows.arithmetic("9+2-1"));
    assertThat(run.counts().out()).isEqualTo(3);
    assertThat(run.counts().dead()).isEqualTo(3);
    String id = Rows.arithmetic("8+2-1").problemId();
    assertThat(run.dead())
        .extracting(DeadLetter::recordId, DeadLetter::errorMessage, DeadLetter::errorClass)
        .contains(
            tuple(
                Hashes.childId(id, "SampleSolutions", 2),
                "Sampling a solution of problem " + id + ": the server did not answer",
                "request"));
  }

  @Test
  void promptOfAUser_asksWithItsTextAndIsDeadWhereItDoesNotApply() {
    List<String> asked = new ArrayList<>();
    StageHost host =
        host()
            .with(
                "solver",
                (prompt, sampling, index, seed) -> {
                  asked.add(prompt);
                  return "4+5=9\n9-2=7\n#7";
                });
    StageRun run =
        run(
            host,
            "{model: solver, samples: 2, prompt: {template: '{{ attributes.format | upper }} {{ problem }}:', system: Solve.}}",
            PROBLEM);
    assertThat(asked).containsOnly("Solve.\n\nARITHMETIC 4+5-2:").hasSize(2);
    assertThat(run.counts()).isEqualTo(new Counts(1, 2, 2, 0, 0));
    run =
        run(
            host,
            "{model: solver, samples: 2, prompt: {template: '{{ attributes.level }} {{ problem }}'}}",
            PROBLEM);
    assertThat(run.counts()).isEqualTo(new Counts(1, 2, 0, 2, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorClass)
        .containsExactly("template", "template");
  }

  @Test
  void replaysWideRows() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("wide.jsonl"),
            """
            {"q": "other?", "a": {"text": "no"}}
            {"q": "How many?", "a": {"text": "Two and two.\\nA: $4.00", "ok": true}, "b": {"text": "A: 5", "ok": "0"}, "c": "#### 6"}
            {"q": "How many?", "a": {"text": "A: 7"}}
            {"q": "And now?", "a": {"text": "  "}, "b": {"text": "A: 1,000", "ok": "maybe"}}
            """);
    String yaml =
        "{file: {path: '%s', question: q, columns: [{text: a.text, correct: a.ok}, {text: b.text, correct: b.ok}, {text: c}]}}"
            .formatted(file);
    StageRun run =
        run(
            host(),
            yaml,
            Rows.words("How many?", "4"),
            Rows.words("And now?", "9"),
            Rows.words("Lost?", "1"));
    assertThat(run.rows(Tables.SOLUTIONS))
        .extracting(
            Solution::sampleIndex,
            Solution::finalAnswer,
            Solution::referenceCorrect,
            Solution::finishReason,
            Solution::model)
        .containsExactly(
            tuple(0, "$4.00", true, "file", "a.text"),
            tuple(1, "5", false, "file", "b.text"),
            tuple(2, "6", null, "file", "c"),
            tuple(3, "7", null, "file", "a.text"),
            tuple(1, "1,000", null, "file", "b.text"));
    assertThat(run.counts()).isEqualTo(new Counts(3, 12, 5, 7, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::recordId, DeadLetter::errorMessage)
        .contains(
            tuple(
                Hashes.childId(Rows.words("And now?", "9").problemId(), "SampleSolutions", 0),
                "Reading stored solutions: problem %s has no text in column 'a.text'."
                    .formatted(Rows.words("And now?", "9").problemId())),
            tuple(
                Hashes.childId(Rows.words("Lost?", "1").problemId(), "SampleSolutions", 2),
                "Reading stored solutions: problem %s has no row in '%s', so no text in column 'c'."
                    .formatted(Rows.words("Lost?", "1").problemId(), file)));
  }

  @Test
  void replay_ofARowThatCannotBeRead_isADeadLetterAndReadsTheOthers() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("two.jsonl"),
            """
            {"q": "How many?", "a": "A: 4"}
            {"q": "Which?", "a": "A: 5"}
            """);
    Problem words = Rows.words("How many?", "4");
    Problem riddle = riddle(Rows.words("Which?", "5"));
    StageRun run =
        run(
            host(),
            "{file: {path: '%s', question: q, columns: [{text: a}]}}".formatted(file),
            riddle,
            words);
    assertThat(run.rows(Tables.SOLUTIONS))
        .extracting(Solution::problemId, Solution::finalAnswer)
        .containsExactly(tuple(words.problemId(), "4"));
    assertThat(run.counts()).isEqualTo(new Counts(2, 2, 1, 1, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::recordId, DeadLetter::errorClass, DeadLetter::errorMessage)
        .containsExactly(
            tuple(
                Hashes.childId(riddle.problemId(), "SampleSolutions", 0),
                "unreadable",
                "Reading stored solution 0 of problem %s: it cannot be read: IllegalArgumentException (Problem %s has the format 'riddle', which is not known; known are 'arithmetic' and 'text'.). The row is left out; if its text is sound, report the text as an error of Sluice."
                    .formatted(riddle.problemId(), riddle.problemId())));
  }

  private static Problem riddle(Problem problem) {
    return new Problem(
        problem.problemId(),
        problem.messages(),
        problem.referenceAnswer(),
        problem.source(),
        problem.difficulty(),
        Map.of("format", "riddle"));
  }

  @Test
  void comesFromOnePlace() {
    SampleSolutions type = new SampleSolutions();
    List<ConfigMistake> mistake =
        List.of(
            new ConfigMistake(
                "", "solutions come either from a 'model' or from a 'file'; give one of them"));
    assertThat(type.check(Configs.of(SampleSolutions.Config.class, "{}"))).isEqualTo(mistake);
    assertThat(
            type.check(
                Configs.of(
                    SampleSolutions.Config.class,
                    "{model: m, file: {path: f, columns: [{text: a}]}}")))
        .isEqualTo(mistake);
    assertThat(Configs.of(SampleSolutions.Config.class, "{model: m}"))
        .isEqualTo(
            new SampleSolutions.Config(
                "m", null, SolvePrompt.TASK, 4, 1.0, 1.0, 0, 512, List.of()));
  }

  @Test
  void moreSamplesAddOnlyTheMissingOnes() {
    String yaml = "{model: solver, samples: %d}";
    StageHost grown = host().with("solver", ArithmeticScripts.world());
    StageRun two = run(grown, yaml.formatted(2), PROBLEM);
    assertThat(grown.completions("solver")).isEqualTo(2);
    StageRun five = run(grown, yaml.formatted(5), PROBLEM);
    assertThat(grown.completions("solver")).isEqualTo(5);
    assertThat(two.rows(Tables.SOLUTIONS)).isEqualTo(five.rows(Tables.SOLUTIONS).subList(0, 2));
    StageHost fresh = host().with("solver", ArithmeticScripts.world());
    assertThat(run(fresh, yaml.formatted(5), PROBLEM).rows(Tables.SOLUTIONS))
        .isEqualTo(five.rows(Tables.SOLUTIONS));
  }
}
