package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.pipelines.file.pages.JsonSchema;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a file writes parts, on the toy stage whose rewards are parts with a weight beside them. */
class PartsInFileTest {

  private static String file(String reward) {
    return """
    models: {m: {provider: djl, from: "builtin:tiny-solver"}}
    pipeline:
      transforms:
        - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 3}}}
        - {type: UpdatePolicy, name: grpo, config: {model: m, reward: %s}}
    """
        .formatted(reward);
  }

  private static LoadResult load(String reward) {
    return PipelineFile.load(
        "x.yaml", file(reward), Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
  }

  private static ToyStages.Update config(LoadResult loaded) {
    assertThat(loaded.mistakes()).isEmpty();
    return (ToyStages.Update)
        Objects.requireNonNull(loaded.spec().orElseThrow().stage("grpo")).config();
  }

  @Test
  void partWithKeysOfItsBlock_isReadInOneBlock() {
    LoadResult loaded =
        load("[{kind: process, model: m, votes: 3, weight: 0.5}, {weight: 2, kind: reference}]");
    assertThat(config(loaded).reward())
        .containsExactly(
            new ToyStages.WeightedReward(new ToyStages.ProcessReward("m", 3, 1.0), 0.5),
            new ToyStages.WeightedReward(new ToyStages.ReferenceReward(), 2));
    StageSpec step = Objects.requireNonNull(loaded.spec().orElseThrow().stage("grpo"));
    assertThat(step.texts().full())
        .contains(
            "\"reward\":[{\"kind\":\"process\",\"model\":\"m\",\"temperature\":1,\"votes\":3,\"weight\":0.5},{\"kind\":\"reference\",\"weight\":2}]");
    assertThat(step.texts().decisive())
        .contains(
            "\"reward\":[{\"kind\":\"process\",\"votes\":3,\"weight\":0.5},{\"kind\":\"reference\",\"weight\":2}]");
    assertThat(step.models())
        .extracting(StageSpec.Mentioned::key)
        .containsExactly("model", "reward[0].model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[reference]", "[{kind: reference}]", "[{kind: reference, weight: 1}]"})
  void wordAlone_isTheBlockOfItsKind(String reward) {
    assertThat(config(load(reward)).reward())
        .containsExactly(new ToyStages.WeightedReward(new ToyStages.ReferenceReward(), 1));
    assertThat(accepts(reward)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[gold]", "[{kind: gold, weight: 1}]"})
  void wordOfBefore_isReadWithAWarning(String reward) {
    LoadResult loaded = load(reward);
    assertThat(config(loaded).reward())
        .containsExactly(new ToyStages.WeightedReward(new ToyStages.ReferenceReward(), 1));
    assertThat(loaded.warnings())
        .extracting(Mistake::message, Mistake::suggestion)
        .containsExactly(tuple("'gold' is called 'reference' now", "reference"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{weight: 1}] | required key 'kind' is missing: one of process, reference",
        "[refernce] | must be one of process, reference, but is the text 'refernce'",
        "[7] | must be a block with the key 'kind', but is 7",
        "[{kind: process, votes: 2}] | required key 'model' is missing: a text",
        "[process] | required key 'model' is missing: a text",
        "[{kind: reference, wieght: 2}] | unknown key 'wieght'",
        "[{kind: reference, votes: 2}] | unknown key 'votes'; known: weight, kind",
        "[{kind: reference, weight: -1}] | must be a number of at least 0, but is -1",
        "[{kind: process, model: m, votes: 0}] | must be a whole number of at least 1, but is 0"
      })
  void mistakeInAPart_isNamed(String reward, String message) {
    assertThat(load(reward).mistakes()).extracting(Mistake::message).containsExactly(message);
  }

  @Test
  void schema_knowsPartsWithTheKeysOfTheirBlock() {
    assertThat(accepts("[{kind: process, model: m, votes: 3, weight: 0.5}]")).isTrue();
    assertThat(accepts("[{kind: reference, weight: 0.5}]")).isTrue();
    assertThat(accepts("[{kind: reference, votes: 1}]")).isFalse();
    assertThat(accepts("[{kind: process, weight: 1}]")).isFalse();
    assertThat(accepts("[process]")).isFalse();
    assertThat(accepts("[other]")).isFalse();
  }

  private static boolean accepts(String reward) {
    YamlNode node = YamlReader.read("x", file(reward), new Findings());
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JsonSchema.of(ToyStages.REGISTRY))
        .validate(Json.compact(Objects.requireNonNull(node).plain()), InputFormat.JSON)
        .isEmpty();
  }
}
