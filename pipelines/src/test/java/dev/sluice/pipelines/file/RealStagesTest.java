package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.pages.JsonSchema;
import dev.sluice.pipelines.file.pages.KeyReferencePage;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.json.Json;
import dev.sluice.stages.StageType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stages of the product can be described, and the quickstart is a good file for them. */
public class RealStagesTest {
  public static final Registry REGISTRY = Registry.get();

  static final List<StageType<?>> ALL = StageTypes.of(REGISTRY).all();

  @Test
  void theQuickstartIsGood() {
    LoadResult loaded =
        PipelineFile.load(PipelineFileTest.QUICKSTART, Map.of(), List.of(), Map.of(), REGISTRY);
    assertThat(loaded.mistakes()).isEmpty();
    PipelineSpec spec = loaded.spec().orElseThrow();
    Map<String, String> models = new LinkedHashMap<>();
    for (StageSpec.Mentioned model : Objects.requireNonNull(spec.stage("report")).models()) {
      models.put(model.key(), model.name());
    }
    assertThat(models)
        .isEqualTo(
            Map.of("base", "policy", "policy", "grpo", "verifier", "verifier", "reward", "reward"));
    assertThat(Objects.requireNonNull(spec.stage("votes")).inputs())
        .containsEntry("solutions", "solutions")
        .containsEntry("problems", "problems");
    assertThat(Objects.requireNonNull(spec.stage("problems")).texts().full())
        .contains("\"salt\":\"\"");
  }

  @Test
  void theSchemaAcceptsTheQuickstart() throws IOException {
    YamlNode file = YamlReader.read("x", today(), new Findings());
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JsonSchema.of(REGISTRY))
                .validate(Json.compact(Objects.requireNonNull(file).plain()), InputFormat.JSON))
        .isEmpty();
  }

  /** The quickstart without older spellings, which the schema does not have. */
  private static String today() throws IOException {
    return Files.readString(PipelineFileTest.QUICKSTART)
        .replace("clip: {low: 0.2, high: 0.28}, loss: token_mean", "loss: clip")
        .replace("zero_variance: drop", "groups: [drop_constant]");
  }

  private static LoadResult policy(String keys) throws IOException {
    String text =
        Files.readString(PipelineFileTest.QUICKSTART)
            .replace("advantage: grpo, clip: {low: 0.2, high: 0.28}, loss: token_mean,", "")
            .replace("kl: 0,", keys.contains("kl:") ? "" : "kl: 0,")
            .replace("zero_variance: drop", keys)
            .replace(", , ", ", ");
    return PipelineFile.load("q.yaml", text, Map.of(), List.of(), Map.of(), REGISTRY);
  }

  private static boolean schemaAccepts(String keys) throws IOException {
    String text =
        "pipeline: {transforms: [{type: UpdatePolicy, config: {model: m, rounds: 1, reward: [{kind: random}], %s}}]}"
            .formatted(keys);
    YamlNode file = YamlReader.read("x", text, new Findings());
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JsonSchema.of(REGISTRY))
        .validate(Json.compact(Objects.requireNonNull(file).plain()), InputFormat.JSON)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss: clip",
        "aggregation: token_mean",
        "loss: {dual_clip: 3}",
        "advantage: {epsilon: 1.0e-6}",
        "advantage: {kind: grpo, deviation: population}",
        "credit: {kind: selective, others: 0.5}",
        "groups: []",
        "loss: {kind: clip, low: 0.1, high: 0.3, dual_clip: 2}",
        "kl: 0.01",
        "kl: {weight: 0.01}",
        "kl: {weight: 0.01, clamp: 10}",
        "step_bounds: {min: 3}"
      })
  void keyInEitherSpelling_isGood(String keys) throws IOException {
    LoadResult loaded = policy(keys);
    assertThat(loaded.mistakes()).isEmpty();
    assertThat(loaded.warnings()).isEmpty();
    assertThat(schemaAccepts(keys)).isTrue();
  }

  /** A word or number alone and the block that it stands for decide the same rows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss: clip               | loss: {low: 0.2, high: 0.28}",
        "credit: global_step      | credit: {kind: global_step, epsilon: 0.0001}",
        "kl: 0.25                 | kl: {weight: 0.25}",
        "kl: 0                    | kl: {weight: 0.0}"
      })
  void spellings_areOneConfig(String bare, String block) throws IOException {
    assertThat(canonical(bare)).isEqualTo(canonical(block)).isNotEqualTo(canonical("kl: 0.5"));
  }

  private static String canonical(String keys) throws IOException {
    return Objects.requireNonNull(policy(keys).spec().orElseThrow().stage("grpo")).texts().full();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "aggregation: mean       | must be one of token_mean, sequence_mean_token_mean, token_sum_constant, sequence_mean_token_sum, but is the text 'mean'",
        "loss: mean              | must be one of clip, gspo, cispo, sapo, but is the text 'mean'",
        "loss: {dual_clip: 1}    | must be a number above 1, but is 1",
        "kl: -1                  | must be a number of at least 0, but is -1",
        "kl: much                | must be a number of at least 0, but is the text 'much'",
        "kl: {clamp: 10}         | required key 'weight' is missing: a number of at least 0",
        "kl: {weight: 1, clamp: 0} | must be a number above 0, but is 0",
        "advantage: {epsilon: 0} | must be a number above 0, but is 0",
        "step_bounds: {min: 0}   | must be a whole number of at least 1, but is 0"
      })
  void valueThatCannotBe_isRefusedOnce(String keys, String message) throws IOException {
    assertThat(policy(keys).mistakes()).extracting(Mistake::message).containsExactly(message);
    assertThat(schemaAccepts(keys)).isFalse();
  }

  @Test
  void judgeAskedOtherwiseThanTheReward_isWarnedOfAtItsPlace() throws IOException {
    String text = today().replace("suites: [accuracy", "judge: {votes: 3}, suites: [accuracy");
    LoadResult loaded = PipelineFile.load("q.yaml", text, Map.of(), List.of(), Map.of(), REGISTRY);
    assertThat(loaded.mistakes()).isEmpty();
    assertThat(loaded.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.path()).endsWith("config.judge");
              assertThat(warning.line()).isGreaterThan(1);
              assertThat(warning.message())
                  .contains("votes 3 here, 1 there")
                  .startsWith("the suite 'judge' asks 'reward' otherwise than the reward does");
            });
    assertThat(loaded.spec()).isPresent();
  }

  /** A default that breaks its own key's rule would be a mistake in every file. */
  @Test
  void everyDefaultKeepsItsOwnRule() {
    for (StageType<?> type : ALL) {
      Findings findings = new Findings();
      new Binder(findings)
          .block(
              type.configType(),
              new YamlNode.Mapping(new Position(type.name(), 1, 1), "", Map.of()),
              Set.of());
      assertThat(findings.mistakes())
          .allSatisfy(mistake -> assertThat(mistake.message()).startsWith("required key"));
    }
  }

  @Test
  void theReferenceNamesEveryStage() {
    String page = KeyReferencePage.markdown(REGISTRY);
    for (StageType<?> type : ALL) {
      assertThat(page).contains("\n### " + type.name() + "\n\n" + type.doc() + "\n");
    }
  }
}
