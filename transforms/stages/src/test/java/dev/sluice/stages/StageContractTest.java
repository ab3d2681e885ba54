package dev.sluice.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.scripted.ScriptedLanguageModel.Script;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.InMemoryDriver.Order;
import dev.sluice.stages.testing.StageRun;
import dev.sluice.stages.testing.TinyChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What every stage keeps, whatever it does. The host sends each stage and each unit over a wire,
 * and withholds reference columns from stages that do not declare them.
 */
class StageContractTest {
  @SuppressWarnings("unused") // the source of the parameterised tests
  private static final List<String> STAGES = TinyChain.STAGES;

  private static final Map<String, String> PRIMARY =
      Map.of(
          "SynthesizeProblems", "problems",
          "SampleSolutions", "solutions",
          "GenerateRubrics", "rubrics",
          "VerifySolutions", "verifications",
          "AggregateStepLabels", "step_labels",
          "SelectSolutions", "examples",
          "UpdatePolicy", "rollouts",
          "Evaluate", "metrics");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private int chains;

  private TinyChain chain(Script script, int shardProblems) throws IOException {
    return new TinyChain(
        Files.createDirectory(folder.resolve("chain-" + chains++)), script, shardProblems);
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void accountIsExact(String stage) throws IOException {
    for (Script script : List.of(ArithmeticScripts.world(), ArithmeticScripts.poisoned())) {
      StageRun run = chain(script, 3).run(stage);
      assertThat(run.counts().expected()).isEqualTo(run.counts().out() + run.counts().dead());
      assertThat((long) run.dead().size()).isEqualTo(run.counts().dead());
      if (PRIMARY.containsKey(stage)) {
        assertThat(rows(run, PRIMARY.get(stage))).isEqualTo(run.counts().out());
      } else {
        assertThat(run.counts().out()).isEqualTo(1);
        assertThat(run.model()).isNotNull();
      }
    }
  }

  private static long rows(StageRun run, String table) {
    return run.files(table).stream().mapToLong(file -> file.rows()).sum();
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void rowsDoNotDependOnOrderOrGrouping(String stage) throws IOException {
    Map<String, String> expected = chain(ArithmeticScripts.poisoned(), 3).run(stage).digests();
    TinyChain backwards = chain(ArithmeticScripts.poisoned(), 3);
    backwards.host().order(Order.BACKWARDS).decodeGroup(2);
    assertThat(backwards.run(stage).digests()).isEqualTo(expected);
    // Once more in the same place, with everything forgotten.
    backwards.host().order(Order.FORWARDS).decodeGroup(7).forget();
    assertThat(backwards.run(stage).digests()).isEqualTo(expected);
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void rowsDoNotDependOnTheCut(String stage) throws IOException {
    Map<String, String> expected = chain(ArithmeticScripts.poisoned(), 3).run(stage).digests();
    for (int shardProblems : new int[] {1, 8}) {
      assertThat(chain(ArithmeticScripts.poisoned(), shardProblems).run(stage).digests())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void rowsDependOnTheSeed(String stage) throws IOException {
    TinyChain other = chain(ArithmeticScripts.world(), 3);
    other.host().seed(8);
    assertThat(other.run(stage).digests())
        .isNotEqualTo(chain(ArithmeticScripts.world(), 3).run(stage).digests());
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void finishedUnitsAreNotDoneAgain(String stage) throws IOException {
    TinyChain chain = chain(ArithmeticScripts.world(), 3);
    Map<String, String> expected = chain.run(stage).digests();
    long calls = chain.host().completions("policy") + chain.host().completions("verifier");
    assertThat(chain.run(stage).digests()).isEqualTo(expected);
    assertThat(chain.host().completions("policy") + chain.host().completions("verifier"))
        .isEqualTo(calls);
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void interruptedWorkEndsTheSame(String stage) throws IOException {
    StageRun expected = chain(ArithmeticScripts.world(), 3).run(stage);
    TinyChain chain = chain(ArithmeticScripts.world(), 3);
    if (stage.equals("FineTune")) {
      chain.known("TrainReward");
    }
    for (int steps : new int[] {3, 1}) {
      chain.host().interruptAfter(steps);
      try {
        chain.run(stage);
      } catch (CancellationException e) {
        assertThat(e).hasMessage("interrupted");
      }
    }
    chain.host().interruptAfter(Integer.MAX_VALUE);
    StageRun run = chain.run(stage);
    assertThat(run.digests()).isEqualTo(expected.digests());
    assertThat(run.metrics()).isEqualTo(expected.metrics());
    assertThat(run.model() == null ? "" : run.model().digest())
        .isEqualTo(expected.model() == null ? "" : expected.model().digest());
  }

  @Test
  void shardWhoseRowsAllDiedStaysAShard() throws IOException {
    TinyChain chain =
        chain(
            (prompt, sampling, index, seed) -> {
              throw new IllegalArgumentException("the server is down");
            },
            3);
    assertThat(chain.run("SampleSolutions").files("solutions")).hasSize(4);
    assertThat(chain.run("VerifySolutions").counts().expected()).isZero();
    assertThat(chain.run("AggregateStepLabels").files("step_labels")).hasSize(4);
  }

  @Test
  void referenceIsWithheld() throws IOException {
    TinyChain chain = chain(ArithmeticScripts.world(), 3);
    List<Problem> problems = chain.run("problems").rows(Tables.PROBLEMS);
    assertThat(problems).allMatch(problem -> problem.referenceAnswer() != null);
    List<Solution> solutions = chain.run("SampleSolutions").rows(Tables.SOLUTIONS);
    assertThat(solutions).hasSize(48).allMatch(solution -> solution.referenceCorrect() == null);
  }
}
