package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.stages.StageType;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.filtering.FilterProblems;
import dev.sluice.stages.policy.UpdatePolicy;
import dev.sluice.stages.reward.TrainReward;
import dev.sluice.stages.rubric.GenerateRubrics;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.training.FineTune;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stages of the product can be described, and the quickstart is a good file for them. */
class RealStagesTest {
  static final List<StageType<?>> ALL =
      List.of(
          new SynthesizeProblems(),
          new FilterProblems(),
          new SampleSolutions(),
          new GenerateRubrics(),
          new VerifySolutions(),
          new AggregateStepLabels(),
          new FineTune(),
          new TrainReward(),
          new UpdatePolicy(),
          new Evaluate());

  static final Registry REGISTRY =
      new Registry(new StageTypes(ALL), new ModelTypes(ModelTypes.BUILT_IN));

  @Test
  void theQuickstartIsGood() {
    Loaded loaded =
        PipelineFile.load(PipelineFileTest.QUICKSTART, Map.of(), List.of(), Map.of(), REGISTRY);
    assertThat(loaded.mistakes()).isEmpty();
    PipelineSpec spec = loaded.spec().orElseThrow();
    Map<String, String> models = new LinkedHashMap<>();
    for (PipelineSpec.Mentioned model : Objects.requireNonNull(spec.stage("report")).models()) {
      models.put(model.key(), model.name());
    }
    assertThat(models)
        .isEqualTo(
            Map.of("base", "policy", "policy", "grpo", "verifier", "verifier", "reward", "reward"));
    assertThat(Objects.requireNonNull(spec.stage("votes")).inputs())
        .containsEntry("solutions", "solutions")
        .containsEntry("problems", "problems");
    assertThat(Objects.requireNonNull(spec.stage("problems")).canonical())
        .contains("\"salt\":\"\"");
  }

  @Test
  void theSchemaAcceptsTheQuickstart() throws IOException {
    Node file = YamlReader.read("x", Files.readString(PipelineFileTest.QUICKSTART), new Findings());
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JsonSchema.of(REGISTRY))
                .validate(JsonText.of(Objects.requireNonNull(file)), InputFormat.JSON))
        .isEmpty();
  }

  /** A default that breaks its own key's rule would be a mistake in every file. */
  @Test
  void everyDefaultKeepsItsOwnRule() {
    for (StageType<?> type : ALL) {
      Findings findings = new Findings();
      new Binder(findings)
          .block(
              type.configType(),
              new Node.Mapping(new Position(type.name(), 1, 1), "", Map.of()),
              Set.of());
      assertThat(findings.mistakes())
          .allSatisfy(mistake -> assertThat(mistake.message()).startsWith("required key"));
    }
  }

  @Test
  void theReferenceNamesEveryStage() {
    String page = Reference.markdown(REGISTRY);
    for (StageType<?> type : ALL) {
      assertThat(page).contains("\n### " + type.name() + "\n\n" + type.doc() + "\n");
    }
  }
}
