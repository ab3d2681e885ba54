package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.LoadContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets in a pipeline file. */
class DatasetFilesTest {
  private static final String ROW =
      "{\"prompt\": \"q\", \"completions\": [\"a\"], \"labels\": [true]}\n";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private LoadResult load(String... stages) throws IOException {
    Files.writeString(folder.resolve("d.jsonl"), ROW);
    StringBuilder text = new StringBuilder("pipeline:\n  type: chain\n  transforms:\n");
    for (String stage : stages) {
      text.append("    - ").append(stage).append('\n');
    }
    return PipelineFile.load(
        Files.writeString(folder.resolve("p.yaml"), text.toString()),
        Map.of(),
        List.of(),
        LoadContext.of(Map.of()).looking(),
        RealStagesTest.REGISTRY);
  }

  private static final String PROBLEMS =
      "{type: SynthesizeProblems, name: problems, config: {source: {kind: file, path: d.jsonl, dataset: %s}}}";

  @Test
  void everyUse_isWiredWithoutWhatItReplaces() throws IOException {
    LoadResult loaded =
        load(
            PROBLEMS.formatted("trl"),
            "{type: SampleSolutions, name: solutions, config: {file: {path: d.jsonl, dataset: trl}}}",
            "{type: VerifySolutions, name: votes, config: {file: {path: d.jsonl, dataset: {kind: trl}}}}",
            "{type: AggregateStepLabels, name: beside, config: {estimator: file, path: d.jsonl, dataset: trl}}",
            "{type: AggregateStepLabels, name: labels, config: {estimator: {kind: file, path: d.jsonl, dataset: trl}}}");
    assertThat(loaded.mistakes()).isEmpty();
    PipelineSpec spec = loaded.spec().orElseThrow();
    StageSpec labels = Objects.requireNonNull(spec.stage("labels"));
    assertThat(labels.wiring().referenceFree()).isFalse();
    assertThat(labels.texts().decisive())
        .isEqualTo(Objects.requireNonNull(spec.stage("beside")).texts().decisive())
        .isEqualTo("{\"dataset\":{\"kind\":\"trl\"},\"estimator\":\"file\"}");
    assertThat(Objects.requireNonNull(spec.stage("problems")).texts().decisive())
        .isEqualTo("{\"source\":{\"dataset\":{\"kind\":\"trl\"},\"kind\":\"file\"}}");
    assertThat(labels.config().toString()).contains(folder.resolve("d.jsonl").toString());
  }

  @Test
  void fileWithoutADataset_isInTheFingerprintAsBefore() throws IOException {
    Files.writeString(folder.resolve("q.jsonl"), "{\"question\": \"q\", \"r\": \"a\"}\n");
    LoadResult loaded =
        load(
            "{type: SynthesizeProblems, name: problems, config: {source: {kind: file, path: q.jsonl}}}",
            "{type: SampleSolutions, name: solutions, config: {file: {path: q.jsonl, solutions: r}}}",
            "{type: VerifySolutions, name: votes, config: {checks: [rule]}}");
    PipelineSpec spec = loaded.spec().orElseThrow();
    assertThat(Objects.requireNonNull(spec.stage("problems")).texts().decisive())
        .isEqualTo("{\"source\":{\"kind\":\"file\"}}");
    assertThat(Objects.requireNonNull(spec.stage("solutions")).texts().decisive())
        .isEqualTo("{\"file\":{\"solutions\":\"r\"}}");
    assertThat(Objects.requireNonNull(spec.stage("votes")).texts().decisive())
        .isEqualTo("{\"checks\":[\"rule\"]}");
  }

  @Test
  void unknownDataset_isAMistakeWithTheChoices() throws IOException {
    assertThat(texts(load(PROBLEMS.formatted("prm80k"))))
        .hasSize(1)
        .first()
        .asString()
        .contains("source.dataset")
        .contains("prm80k")
        .contains("did you mean 'prm800k'?");
    assertThat(texts(load(PROBLEMS.formatted("hh"))))
        .hasSize(1)
        .first()
        .asString()
        .contains("trl, prm800k, processbench, math_shepherd, verl, nemo_gym, preference");
  }

  @Test
  void labelsWithoutTextsOfVotes_serveNoObjectiveThatLearnsThem() throws IOException {
    String chain = "{type: SampleSolutions, config: {file: {path: d.jsonl, dataset: trl}}}";
    String labels =
        "{type: AggregateStepLabels, config: {estimator: {kind: file, path: d.jsonl, dataset: trl%s}}}";
    String train = "{type: TrainReward, config: {model: m, objective: %s}}";
    assertThat(
            texts(
                load(
                    PROBLEMS.formatted("trl"),
                    chain,
                    labels.formatted(""),
                    train.formatted("prm_cot"))))
        .anyMatch(each -> each.contains("the text of a verification"));
    assertThat(
            texts(
                load(
                    PROBLEMS.formatted("trl"),
                    chain,
                    labels.formatted(", granularity: outcome"),
                    train.formatted("prm"))))
        .anyMatch(each -> each.contains("a score for each step"));
  }

  private static List<String> texts(LoadResult loaded) {
    return loaded.mistakes().stream().map(Object::toString).toList();
  }
}
