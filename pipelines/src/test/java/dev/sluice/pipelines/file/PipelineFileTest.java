package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class PipelineFileTest {
  public static final Path QUICKSTART = Path.of("src/test/resources/good/quickstart.yaml");

  private static final String SMALL =
      """
      models:
        policy: {provider: djl, from: builtin:tiny-solver}
      pipeline:
        transforms:
          - type: SynthesizeProblems
            config: {source: {kind: file, path: "${param.data:rows.jsonl}", columns: {text: "${COLUMN}"}}}
          - {type: SampleSolutions, name: solutions, config: {model: policy, samples: "${param.n:4}"}}
      """;

  private static LoadResult quickstart(String... sets) {
    return PipelineFile.load(QUICKSTART, Map.of(), List.of(sets), Map.of(), ToyStages.REGISTRY);
  }

  private static LoadResult small(
      Map<String, String> params, Map<String, String> environment, String... sets) {
    return PipelineFile.load(
        "small.yaml", SMALL, params, List.of(sets), environment, ToyStages.REGISTRY);
  }

  private static StageSpec step(LoadResult loaded, String name) {
    assertThat(loaded.mistakes()).isEmpty();
    StageSpec step = loaded.spec().orElseThrow().stage(name);
    assertThat(step).isNotNull();
    return Objects.requireNonNull(step);
  }

  private static List<String> mistakes(LoadResult loaded) {
    assertThat(loaded.spec()).isEmpty();
    return loaded.mistakes().stream().map(Mistake::toString).toList();
  }

  @Test
  void aChainIsWiredToTheNearestEarlierWriters() {
    LoadResult loaded = quickstart();
    PipelineSpec spec = loaded.spec().orElseThrow();
    assertThat(spec.name()).isEqualTo("quickstart");
    assertThat(spec.seed()).isEqualTo(7);
    assertThat(spec.stageNames())
        .containsExactly(
            "problems",
            "solutions",
            "rubrics",
            "votes",
            "labels",
            "reward",
            "rl_problems",
            "dev_problems",
            "grpo",
            "test_problems",
            "report");
    assertThat(step(loaded, "votes").inputs())
        .isEqualTo(Map.of("problems", "problems", "rubrics", "rubrics", "solutions", "solutions"));
    assertThat(step(loaded, "labels").inputs())
        .isEqualTo(
            Map.of("problems", "problems", "solutions", "solutions", "verifications", "votes"));
    assertThat(step(loaded, "grpo").inputs())
        .isEqualTo(Map.of("problems", "rl_problems", "dev", "dev_problems"));
    assertThat(step(loaded, "report").inputs()).isEqualTo(Map.of("problems", "test_problems"));
    assertThat(step(loaded, "grpo").models())
        .extracting(StageSpec.Mentioned::key, StageSpec.Mentioned::name)
        .containsExactly(
            tuple("model", "policy"),
            tuple("reward[0].model", "reward"),
            tuple("alarms.verifier", "verifier"));
  }

  @Test
  void theQuickstartGivesNothingToWarnOf() {
    assertThat(quickstart().warnings()).isEmpty();
  }

  @Test
  void canonicalConfigHasEveryKeyAndTheSemanticOneOnlyWhatDecidesRows() {
    StageSpec solutions = step(quickstart(), "solutions");
    assertThat(solutions.texts().full())
        .isEqualTo(
            """
            {"decode_batch":64,"max_tokens":64,"model":"policy","samples":4,"temperature":1}""");
    assertThat(Json.line(solutions.texts().semantic()))
        .isEqualTo(
            """
            {"max_tokens":64,"samples":4,"temperature":1}""");
    assertThat(Json.line(step(quickstart(), "reward").texts().semantic()))
        .contains("\"learning_rate\":5.0E-4,")
        .doesNotContain("verifier");
  }

  @Test
  void unitsDoNotDependOnHowManyThereAre() {
    StageSpec grpo = step(quickstart(), "grpo");
    String semantic = Json.line(grpo.texts().semantic());
    assertThat(semantic).contains("\"rounds\":");
    assertThat(Json.line(grpo.texts().semanticOfUnit()))
        .isEqualTo(semantic.replaceFirst("\"rounds\":[0-9]+,", ""));
    StageSpec votes = step(quickstart(), "votes");
    assertThat(votes.texts().semanticOfUnit()).isEqualTo(votes.texts().semantic());
  }

  @Test
  void setReachesStagesByNameAndByIndex() {
    LoadResult loaded =
        quickstart(
            "seed=8",
            "pipeline.transforms.votes.config.votes=16",
            "pipeline.transforms[1].config.samples=2",
            "pipeline.transforms.reward.config.optimizer={learning_rate: 1e-3}",
            "pipeline.transforms.grpo.config.reward[0].votes=4",
            "schedule=null",
            "budget.usd=5");
    assertThat(loaded.mistakes()).isEmpty();
    PipelineSpec spec = loaded.spec().orElseThrow();
    assertThat(spec.seed()).isEqualTo(8);
    assertThat(spec.schedule()).isNull();
    assertThat(spec.budget()).isEqualTo(new Budget(5.0, null));
    assertThat(((ToyStages.Verify) step(loaded, "votes").config()).votes()).isEqualTo(16);
    assertThat(((ToyStages.Sample) step(loaded, "solutions").config()).samples()).isEqualTo(2);
    assertThat(((ToyStages.Train) step(loaded, "reward").config()).optimizer().learningRate())
        .isEqualTo(1e-3);
    assertThat(Json.line(step(loaded, "grpo").texts().semantic())).contains("\"votes\":4");
  }

  @Test
  void mistakesInSetNameWhichOneAndThePath() {
    assertThat(
            mistakes(
                quickstart(
                    "seed",
                    "pipeline.transforms.vots.config.votes=16",
                    "pipeline.transforms.votes.config.votes=many",
                    "pipeline.transforms[30].config.votes=1",
                    "seed.x=1",
                    "sed=1",
                    "seed=\"open")))
        .containsExactly(
            "--set:1:1: must be path=value, but is 'seed'",
            "--set:2:1: pipeline.transforms: unknown stage 'vots'; did you mean 'votes'?",
            "--set:3:40: pipeline.transforms[3].config.votes: must be a whole number from 1 to 256, but is the text 'many'",
            "--set:4:1: pipeline.transforms: has no entry 30; there are 11, from 0",
            "--set:5:1: seed: a key 'x' cannot be set in a single value",
            "--set:6:1: sed: unknown key 'sed'; did you mean 'seed'?",
            "--set:7:6: seed: the quote \" that opens here is not closed where the text ends; close it, or write a quote inside the text as \\\"");
  }

  @Test
  void parametersAndEnvironmentAreTypedAfterSubstitution() {
    LoadResult loaded = small(Map.of("n", "2", "data", "a: {b"), Map.of("COLUMN", "17"));
    assertThat(loaded.spec().orElseThrow().name()).isEqualTo("small");
    assertThat(step(loaded, "SynthesizeProblems").config())
        .isEqualTo(
            new ToyStages.Synthesize(
                new ToyStages.FileSource(
                    Path.of("a: {b").toAbsolutePath().toString(), Map.of("text", "17"))));
    assertThat(((ToyStages.Sample) step(loaded, "solutions").config()).samples()).isEqualTo(2);
    assertThat(step(loaded, "SynthesizeProblems").files())
        .extracting(StageSpec.Mentioned::name)
        .containsExactly(Path.of("a: {b").toAbsolutePath().toString());
  }

  @Test
  void valuesFromTheEnvironmentStayOutOfConfigsAndMessages() {
    Map<String, String> environment = Map.of("COLUMN", "s3cret-column");
    StageSpec step = step(small(Map.of(), environment), "SynthesizeProblems");
    assertThat(step.texts().full()).contains("\"text\":\"${COLUMN}\"").doesNotContain("s3cret");
    assertThat(small(Map.of(), environment, "seed=${COLUMN}", "seed=x${COLUMN}y").json())
        .contains("must be a whole number, but is the text 'x${COLUMN}y'")
        .doesNotContain("s3cret");
  }

  @Test
  void theResolvedSpecHoldsAllThatARunIsMadeOf() {
    assertThat(small(Map.of(), Map.of("COLUMN", "c")).spec().orElseThrow().resolved().toString())
        .isEqualTo(
            """
            {"file":"small.yaml","name":"small","seed":0,\
            "models":{"policy":{"device":"auto","dtype":"float32","endpoint":"completions","from":"builtin:tiny-solver","provider":"djl"}},\
            "stages":[{"name":"SynthesizeProblems","type":"SynthesizeProblems","input":{},\
            "config":{"source":{"columns":{"text":"${COLUMN}"},"kind":"file","path":"rows.jsonl"}}},\
            {"name":"solutions","type":"SampleSolutions","input":{"problems":"SynthesizeProblems"},\
            "config":{"decode_batch":64,"max_tokens":64,"model":"policy","samples":4,"temperature":1}}]}""");
  }

  @Test
  void aParameterThatStandsNowhereIsAMistake() {
    assertThat(mistakes(small(Map.of("dta", "x"), Map.of("COLUMN", "c"))))
        .containsExactly(
            "small.yaml:1:1: --param dta is given, but the file uses ${param.dta} nowhere; did you mean 'data'?");
  }

  @Test
  void twoDollarsStandForOne() {
    assertThat(
            step(
                    small(
                        Map.of(),
                        Map.of("COLUMN", "c"),
                        "pipeline.transforms[0].config.source.path=a$${b}"),
                    "SynthesizeProblems")
                .files())
        .extracting(StageSpec.Mentioned::name)
        .containsExactly(Path.of("a${b}").toAbsolutePath().toString());
  }

  @Test
  void errorHandlingStandsInEveryConfig() {
    LoadResult loaded = quickstart("pipeline.transforms.votes.config.error_handling.threshold=0.5");
    assertThat(step(loaded, "votes").errorHandling()).isEqualTo(new ErrorHandling(0.5, null));
    assertThat(step(loaded, "labels").errorHandling()).isEqualTo(new ErrorHandling(0.05, null));
  }

  @Test
  void filesThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path latin =
        Files.write(
            folder.resolve("latin.yaml"), "name: é\n".getBytes(StandardCharsets.ISO_8859_1));
    Path large = Files.write(folder.resolve("large.yaml"), new byte[1_000_001]);
    assertThat(message(folder.resolve("none.yaml"))).isEqualTo("there is no such file");
    assertThat(message(folder)).isEqualTo("this is a directory; name a pipeline file");
    assertThat(message(latin)).isEqualTo("the file is not UTF-8 text");
    assertThat(message(large))
        .isEqualTo("the file has 1000001 bytes; a pipeline file has at most 1000000");
  }

  private static String message(Path path) {
    LoadResult loaded = PipelineFile.load(path, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
    assertThat(loaded.mistakes()).hasSize(1);
    return loaded.mistakes().get(0).message();
  }

  @Test
  void jsonIsThatOfValidate() {
    LoadResult loaded =
        PipelineFile.load(
            "x.yaml", "nme: \"a\"\n", Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
    assertThat(loaded.json())
        .isEqualTo(
            """
            {"file":"x.yaml","valid":false,"problems":[\
            {"file":"x.yaml","line":1,"column":1,"path":"nme","value":"a","message":"unknown key 'nme'","suggestion":"name"},\
            {"file":"x.yaml","line":1,"column":1,"path":"pipeline","value":null,"message":"required key 'pipeline' is missing: a block of keys","suggestion":null}],\
            "warnings":[]}""");
  }

  @Test
  void aConfigAlone() {
    assertThat(PipelineFile.config(ToyStages.Range.class, "min: 3"))
        .isEqualTo(new ToyStages.Range(3, 6));
    assertThat(PipelineFile.config(ToyStages.Range.class, "")).isEqualTo(new ToyStages.Range(2, 6));
    assertThatThrownBy(() -> PipelineFile.config(ToyStages.Range.class, "{min: 4, max: 3}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("config:1:1: max must be at least min (4), but is 3");
  }
}
