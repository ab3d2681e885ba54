package dev.sluice.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.filtering.FilterProblems;
import dev.sluice.stages.policy.UpdatePolicy;
import dev.sluice.stages.reward.TrainReward;
import dev.sluice.stages.rubric.GenerateRubrics;
import dev.sluice.stages.selection.SelectSolutions;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.StageRun;
import dev.sluice.stages.testing.TinyChain;
import dev.sluice.stages.training.FineTune;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rows of every stage on scripted models, held by behaviour version. */
class GoldenDigestTest {
  private static final String FILE = "golden-digests.tsv";

  @SuppressWarnings("unused") // the source of the parameterised test
  private static final List<StageType<?>> TYPES =
      List.of(
          new SynthesizeProblems(),
          new FilterProblems(),
          new SampleSolutions(),
          new GenerateRubrics(),
          new VerifySolutions(),
          new AggregateStepLabels(),
          new SelectSolutions(),
          new TrainReward(),
          new FineTune(),
          new UpdatePolicy(),
          new Evaluate());

  @ParameterizedTest(name = "{0}")
  @FieldSource("TYPES")
  void rowsAreThoseOfTheVersion(StageType<?> type, @TempDir Path folder) throws IOException {
    StageRun run = new TinyChain(folder, ArithmeticScripts.poisoned(), 3).run(type.name());
    TreeMap<String, String> found = new TreeMap<>(run.digests());
    if (run.model() != null) {
      found.put("model", run.model().digest());
    }
    StringBuilder lines = new StringBuilder();
    found.forEach(
        (table, digest) ->
            lines.append(
                "%s\t%d\t%s\t%s\n".formatted(type.name(), type.behaviourVersion(), table, digest)));
    assertThat(lines.toString())
        .withFailMessage(
            """
            %1$s makes other rows than those recorded for its behaviour version %2$d.
            If that was not meant, the change is a bug: artifacts that exist would be reused although they differ.
            If it was, raise behaviourVersion() of %1$s by one (a stage that only reads changed rows keeps its version),
            and put these lines in place of its own in src/test/resources/dev/sluice/stages/%3$s:
            %4$s\
            """,
            type.name(), type.behaviourVersion(), FILE, lines)
        .isEqualTo(recorded(type.name()));
  }

  private static String recorded(String stage) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenDigestTest.class.getResourceAsStream(FILE))) {
      StringBuilder lines = new StringBuilder();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(stage + "\t"))
          .forEach(line -> lines.append(line).append('\n'));
      return lines.toString();
    }
  }
}
