package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.pipelines.file.pages.JsonSchema;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.json.Json;
import dev.sluice.stages.StageType;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that were words before they selected parts: both spellings have the older fingerprint. */
class FlatKeysTest {

  private static StageType<?> type(String name) {
    return RealStagesTest.ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ConfigTexts texts(String stage, String yaml, Findings findings) {
    YamlNode node = Objects.requireNonNull(YamlReader.read("x", yaml, findings));
    Record config =
        new Binder(findings).block(type(stage).configType(), (YamlNode.Mapping) node, Set.of());
    return ConfigTexts.of(Objects.requireNonNull(config), Map.of());
  }

  private static Set<String> words(Class<?> port) {
    return RealStagesTest.REGISTRY.parts(port).keySet();
  }

  private static boolean schemaAccepts(String stage, String config) {
    String text = "pipeline: {transforms: [{type: %s, config: %s}]}".formatted(stage, config);
    YamlNode file = Objects.requireNonNull(YamlReader.read("x", text, new Findings()));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JsonSchema.of(RealStagesTest.REGISTRY))
        .validate(Json.compact(file.plain()), InputFormat.JSON)
        .isEmpty();
  }

  /** The fingerprint holds what it held while the keys were words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AggregateStepLabels | {} | {}",
        "AggregateStepLabels | {estimator: step_majority, tie: drop} | {}",
        "AggregateStepLabels | {estimator: {kind: step_majority}} | {}",
        "AggregateStepLabels | {tie: first} | {\"tie\":\"first\"}",
        "AggregateStepLabels | {estimator: {kind: step_majority, tie: first}} | {\"tie\":\"first\"}",
        "AggregateStepLabels | {estimator: soft, rubric_weight: 2} | {\"estimator\":\"soft\",\"rubric_weight\":2}",
        "AggregateStepLabels | {estimator: {kind: soft}, rubric_weight: 2} | {\"estimator\":\"soft\",\"rubric_weight\":2}",
        "AggregateStepLabels | {estimator: {kind: soft, rubric_weight: 2}} | {\"estimator\":\"soft\",\"rubric_weight\":2}",
        "VerifySolutions | {checks: [rule]} | {\"checks\":[\"rule\"]}",
        "VerifySolutions | {checks: [{kind: calculator}, rule]} | {\"checks\":[\"calculator\",\"rule\"]}",
        "TrainReward | {model: m, objective: prm} | {\"objective\":\"prm\"}",
        "TrainReward | {model: m, objective: {kind: prm_cot}} | {}",
        "UpdatePolicy | {model: m, rounds: 1, reward: [{kind: random}], loss: clip} | {\"reward\":[{\"kind\":\"random\"}],\"rounds\":1}",
        "UpdatePolicy | {model: m, rounds: 1, reward: [{kind: random}], loss: {low: 0.1}} | {\"loss\":{\"low\":0.1},\"reward\":[{\"kind\":\"random\"}],\"rounds\":1}",
        "UpdatePolicy | {model: m, rounds: 1, reward: [{kind: random}], loss: {kind: clip, low: 0.1}} | {\"loss\":{\"low\":0.1},\"reward\":[{\"kind\":\"random\"}],\"rounds\":1}",
        "UpdatePolicy | {model: m, rounds: 1, reward: [{kind: random}], loss: cispo} | {\"loss\":{\"kind\":\"cispo\"},\"reward\":[{\"kind\":\"random\"}],\"rounds\":1}",
        "GenerateRubrics | {strategy: consensus} | {}",
        "GenerateRubrics | {strategy: {kind: consensus}} | {}",
        "GenerateRubrics | {strategy: template, criteria: [{id: answer, text: '7'}]} | {\"criteria\":[{\"id\":\"answer\",\"text\":\"7\"}],\"strategy\":\"template\"}",
        "GenerateRubrics | {strategy: {kind: template, criteria: [{id: answer, text: '7'}]}} | {\"criteria\":[{\"id\":\"answer\",\"text\":\"7\"}],\"strategy\":\"template\"}",
      })
  void spellings_areOneFingerprint(String stage, String yaml, String decisive) {
    Findings findings = new Findings();
    assertThat(texts(stage, yaml, findings).decisive()).isEqualTo(decisive);
    assertThat(findings.mistakes()).isEmpty();
    assertThat(findings.warnings()).isEmpty();
    assertThat(schemaAccepts(stage, yaml)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AggregateStepLabels | {estimator: {kind: soft, rubric_weight: 1}, rubric_weight: 2} | rubric_weight | 'rubric_weight' is also under 'estimator'; write it once",
        "AggregateStepLabels | {estimator: mean, tie: first} | estimator | must be one of ESTIMATORS, but is the text 'mean'",
        "AggregateStepLabels | {estimator: [soft]} | estimator | must be one of ESTIMATORS, or a block with the key 'kind', but is a list",
        "AggregateStepLabels | {estimator: soft, rubric_weight: -1} | rubric_weight | must be a number of at least 0, but is -1",
        "AggregateStepLabels | {estimator: {kind: soft, tie: drop}} | estimator.tie | unknown key 'tie'; known: rubric_weight, kind",
        "GenerateRubrics | {criteria: [{id: answer, text: '7'}]} | criteria | 'strategy: consensus' has no key 'criteria'; only template has it",
        "GenerateRubrics | {strategy: template} | strategy.criteria | required key 'criteria' is missing: a list of at least 1 entry",
        "GenerateRubrics | {strategy: template, criteria: []} | criteria | must be a list of at least 1 entry, but has 0",
        "VerifySolutions | {checks: [rul]} | checks[0] | must be one of rule, calculator, reward, but is the text 'rul'",
      })
  void keyThatCannotBe_isRefusedAtItsPlace(String stage, String yaml, String path, String message) {
    Findings findings = new Findings();
    YamlNode node = Objects.requireNonNull(YamlReader.read("x", yaml, findings));
    new Binder(findings).block(type(stage).configType(), (YamlNode.Mapping) node, Set.of());
    assertThat(findings.mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.path()).isEqualTo(path);
              assertThat(mistake.message())
                  .isEqualTo(
                      message.replace(
                          "ESTIMATORS", String.join(", ", words(LabelEstimator.class))));
            });
  }

  /** Older files have keys of one estimator beside the word of another. */
  @Test
  void keyOfAnotherPart_isIgnoredWithAWarning() {
    Findings findings = new Findings();
    assertThat(texts("AggregateStepLabels", "{estimator: soft, tie: first}", findings).decisive())
        .isEqualTo("{\"estimator\":\"soft\"}");
    assertThat(findings.mistakes()).isEmpty();
    assertThat(findings.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.path()).isEqualTo("tie");
              assertThat(warning.message())
                  .startsWith("'estimator: soft' has no key 'tie'; only step_majority and ")
                  .endsWith(" have it, so it is ignored");
            });
  }
}
