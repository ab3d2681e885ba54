package dev.sluice.stages.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stored labels as votes. */
class FileVotesTest {
  private static final Problem MANY = Rows.words("How many?", "4");
  private static final Solution RIGHT = Rows.solution(MANY, 0, "2+2=4\nA: 4");
  private static final Solution WRONG = Rows.solution(MANY, 1, "2+2=5\nA: 5");
  private static final Solution OTHER = Rows.solution(MANY, 2, "A: 6");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Map<String, List<ShardFile>> inputs(StageHost host) {
    return Map.of(
        "problems", List.of(host.shard(Tables.PROBLEMS, List.of(MANY))),
        "solutions", List.of(host.shard(Tables.SOLUTIONS, List.of(RIGHT, WRONG, OTHER))));
  }

  private StageHost host() {
    return new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
  }

  private StageRun votes(StageHost host, String dataset, String... lines) throws IOException {
    Path file = Files.write(folder.resolve("labels.jsonl"), List.of(lines));
    return host.run(
        new VerifySolutions(),
        "{file: {path: '%s', dataset: %s}}".formatted(file, dataset),
        inputs(host));
  }

  @Test
  void labels_ofEachStep_areOneVote() throws IOException {
    StageRun run =
        votes(
            host(),
            "trl",
            "{\"prompt\": \"How many?\", \"completions\": [\"2+2=5\", \"A: 5\"], \"labels\": [false, true]}",
            "{\"prompt\": \"How many?\", \"completions\": [\"2+2=4\", \"A: 4\"], \"labels\": [true, true]}",
            "{\"prompt\": \"How many?\", \"completions\": [\"A: 6\"], \"labels\": [true, true]}",
            "{\"prompt\": ",
            "{\"prompt\": \"Another?\", \"completions\": [\"A: 6\"], \"labels\": [true]}");
    assertThat(run.rows(Tables.VERIFICATIONS))
        .containsExactly(
            new Verification(
                Hashes.childId(RIGHT.solutionId(), "VerifySolutions/initial", 0),
                RIGHT.solutionId(),
                MANY.problemId(),
                0,
                "initial",
                List.of(true, true),
                true,
                "Step 1: Correct\nStep 2: Correct\n**Verification: Is the answer correct (Yes/No)? Yes**",
                true,
                0,
                0,
                "trl"),
            new Verification(
                Hashes.childId(WRONG.solutionId(), "VerifySolutions/initial", 0),
                WRONG.solutionId(),
                MANY.problemId(),
                0,
                "initial",
                List.of(false, true),
                false,
                "Step 1: Incorrect\nStep 2: Correct\n**Verification: Is the answer correct (Yes/No)? No**",
                true,
                0,
                0,
                "trl"));
    assertThat(run.counts()).isEqualTo(new Counts(3, 4, 2, 2, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage)
        .containsExactly(
            "Reading stored votes: line 3 has 1 steps and 2 labels; the two go in pairs.",
            "Reading stored votes: line 4 is not JSON (Unexpected end-of-input within/between Object entries).");
    assertThat(run.metric("votes/unlabelled")).isEqualTo(1);
    assertThat(run.warnings())
        .containsExactly(
            "'%s' labels 2 of 3 solutions; the others get no vote. A label is found by the problem and the text of its solution."
                .formatted(folder.resolve("labels.jsonl")));
  }

  @Test
  void firstError_isAVoteThatNamesIt() throws IOException {
    StageHost host = host();
    StageRun run =
        votes(
            host,
            "processbench",
            "{\"problem\": \"How many?\", \"steps\": [\"2+2=5\", \"A: 5\"], \"label\": 0, \"final_answer_correct\": false}",
            "{\"problem\": \"How many?\", \"steps\": [\"2+2=4\", \"A: 4\"], \"label\": -1, \"final_answer_correct\": true}");
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(Verification::pass, Verification::stepVerdicts, Verification::model)
        .containsExactly(
            tuple("first_error", List.of(true, true), "processbench"),
            tuple("first_error", List.of(false, false), "processbench"));
    Map<String, List<ShardFile>> inputs = new HashMap<>(inputs(host));
    inputs.put("verifications", run.files("verifications"));
    assertThat(
            host.run(new AggregateStepLabels(), "{gate: false}", inputs).rows(Tables.STEP_LABELS))
        .extracting(StepLabel::status, StepLabel::stepLabels)
        .containsExactly(
            tuple("labelled", List.of(true, true)),
            tuple("labelled", List.of(false, false)),
            tuple("few_votes", List.of()));
  }

  @Test
  void unratedStep_isAnAbstention() throws IOException {
    StageRun run =
        votes(
            host(),
            "prm800k",
            "{\"question\": {\"problem\": \"How many?\"}, \"label\": {\"steps\": [{\"completions\": [{\"text\": \"A: 6\", \"rating\": null}], \"chosen_completion\": 0}]}}");
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(
            Verification::solutionId,
            Verification::parsed,
            Verification::stepVerdicts,
            Verification::outcomeVerdict,
            Verification::text)
        .containsExactly(tuple(OTHER.solutionId(), false, List.of(), null, ""));
    assertThat(run.counts()).isEqualTo(new Counts(3, 1, 1, 0, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{file: {path: f, dataset: trl}, checks: [rule]} | file | votes come either from a 'file' or from 'model' and 'checks'",
        "{file: {path: f, dataset: trl}, model: m} | file | votes come either from a 'file' or from 'model' and 'checks'",
        "{file: {path: f, dataset: preference}} | file.dataset | rows of 'preference' hold no labels",
        "{file: {path: f, dataset: processbench, reference_free: true}} | file.reference_free | 'processbench' is not reference-free, since people labelled it; leave 'reference_free' out"
      })
  void keysThatContradict_areAMistake(String config, String key, String message) {
    assertThat(new VerifySolutions().mistakes(Configs.of(VerifySolutions.Config.class, config)))
        .containsExactly(new ConfigMistake(key, message));
  }

  @ParameterizedTest
  @CsvSource({
    "'{path: f, dataset: prm800k}', false",
    "'{path: f, dataset: trl}', false",
    "'{path: f, dataset: trl, reference_free: true}', true"
  })
  void useOfReferences_isDeclared(String file, boolean free) {
    var wiring =
        new VerifySolutions()
            .wiring(Configs.of(VerifySolutions.Config.class, "{file: %s}".formatted(file)));
    assertThat(wiring.referenceFree()).isEqualTo(free);
    assertThat(wiring.loadsReference()).isFalse();
  }
}
