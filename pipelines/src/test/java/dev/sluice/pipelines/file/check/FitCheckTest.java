package dev.sluice.pipelines.file.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.PipelineFileTest;
import dev.sluice.pipelines.file.RealStagesTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an objective needs is given by the estimator of the labels that its stage reads. */
class FitCheckTest {

  private static LoadResult load(String estimator, String objective) throws IOException {
    String text =
        Files.readString(PipelineFileTest.QUICKSTART)
            .replace("estimator: step_majority, select: first", "estimator: " + estimator)
            .replace("objective: prm_cot", "objective: " + objective);
    assertThat(text).contains("estimator: " + estimator, "objective: " + objective);
    return PipelineFile.load(
        "q.yaml", text, Map.of(), List.of(), Map.of(), RealStagesTest.REGISTRY);
  }

  @ParameterizedTest
  @CsvSource({
    "step_majority, prm_cot",
    "step_majority, prm_text",
    "step_majority, prm",
    "step_majority, orm",
    "outcome_majority, prm_cot",
    "outcome_majority, orm",
    "soft, prm"
  })
  void labelsThatTheObjectiveTakes_areGood(String estimator, String objective) throws IOException {
    assertThat(load(estimator, objective).mistakes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "soft | prm_cot | the text of a verification",
        "soft | prm_text | a verdict on each step",
        "soft | orm | a verdict on the whole solution",
        "outcome_majority | prm_text | a verdict on each step",
        "outcome_majority | prm | a score for each step"
      })
  void labelsThatGiveTheObjectiveNothing_areRefusedAtIt(
      String estimator, String objective, String needed) throws IOException {
    assertThat(load(estimator, objective).mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.path()).isEqualTo("pipeline.transforms[5].config.objective");
              assertThat(mistake.message())
                  .startsWith(
                      "the objective '%s' needs %s, which the label estimator '%s' does not give; 'estimator: step_majority' "
                          .formatted(objective, needed, estimator))
                  .doesNotContain("'estimator: %s'".formatted(estimator));
            });
  }
}
