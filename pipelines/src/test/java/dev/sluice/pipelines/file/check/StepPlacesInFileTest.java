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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A classifier that a file trains is read at the tokens that its training gave labels to. */
class StepPlacesInFileTest {
  private static final String REWARD = "{kind: process, model: reward, votes: 1, temperature: 1.0}";
  private static final String SUITES = "suites: [accuracy, first_error, judge]";

  private static LoadResult load(String objective, String reward, String judge) throws IOException {
    String text = Files.readString(PipelineFileTest.QUICKSTART);
    assertThat(text).contains("objective: prm_cot", REWARD, SUITES);
    return PipelineFile.load(
        "q.yaml",
        text.replace("objective: prm_cot", "objective: " + objective)
            .replace(REWARD, reward)
            .replace(SUITES, "suites: [accuracy, judge], judge: " + judge),
        Map.of(),
        List.of(),
        Map.of(),
        RealStagesTest.REGISTRY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prm | | ",
        "{kind: prm, label_at: separator} | , label_at: separator | , label_at: {token: separator}",
        "{kind: prm, label_at: marker} | , label_at: {token: marker, text: <extra_0>} | , label_at: marker"
      })
  void onePlaceInAllStages_isGood(String objective, String reward, String judge)
      throws IOException {
    LoadResult loaded =
        load(
            objective,
            "{kind: classifier, model: reward%s}".formatted(reward == null ? "" : reward),
            "{as: classifier%s}".formatted(judge == null ? "" : judge));
    assertThat(loaded.mistakes()).isEmpty();
    // The suite of the judge would be warned of another place.
    assertThat(loaded.warnings().toString()).doesNotContain("labels of steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: prm, label_at: separator} | {kind: classifier, model: reward} | {as: classifier, label_at: separator} | .reward[0]",
        "prm | {kind: classifier, model: reward, label_at: marker} | {as: classifier} | .reward[0].label_at",
        "prm | {kind: ensemble, members: [{kind: classifier, model: reward, label_at: marker}, majority]} | {as: classifier} | .reward[0]",
        "{kind: prm, label_at: separator} | majority | {as: classifier} | .judge"
      })
  void otherPlaceThanThatOfTheTraining_isRefusedThere(
      String objective, String reward, String judge, String path) throws IOException {
    assertThat(load(objective, reward, judge).mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.path()).contains("config" + path);
              assertThat(mistake.message())
                  .startsWith("stage 'reward' trains its head at ")
                  .endsWith("write the same 'label_at' in both places");
            });
  }

  @Test
  void placeOfAHeadFromElsewhere_isTaken() throws IOException {
    assertThat(
            load(
                    "{kind: prm, label_at: separator}",
                    "{kind: classifier, model: verifier, label_at: marker}",
                    "{as: classifier, label_at: separator}")
                .mistakes())
        .isEmpty();
  }

  @Test
  void textWithoutASeparator_isRefused() throws IOException {
    assertThat(
            load(
                    "prm",
                    "{kind: classifier, model: reward, label_at: {text: x}}",
                    "{label_at: marker}")
                .mistakes())
        .extracting(mistake -> mistake.message().substring(0, 40))
        .containsExactlyInAnyOrder(
            "'text' is the separator or the marker af", "only a classifier says something at a to");
  }
}
