package dev.sluice.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.DjlSpec;
import dev.sluice.models.Endpoint;
import dev.sluice.models.ModelSpec;
import dev.sluice.models.OnnxSpec;
import dev.sluice.models.Precision;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.Position;
import dev.sluice.pipelines.run.ModelReference;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rows depend on, and what only says where they are made. */
class ContentsTest {
  private static final String SOLVER = "builtin:tiny-solver";

  private static ModelReference reference(String provider, ModelSpec spec) {
    return new Contents()
        .ofModel(
            new PipelineSpec.Model(
                "m", provider, spec, "{}", new Position("file.yaml", 1, 1), Map.of()));
  }

  @Test
  void aDeviceTravelsAndDecidesNoRows() {
    DjlSpec spec = new DjlSpec(SOLVER, Precision.FLOAT32, Endpoint.COMPLETIONS, null, "cpu");
    ModelReference reference = reference("djl", spec);
    assertThat(reference.revision()).isEqualTo(BuiltinModels.revision("tiny-solver"));
    assertThat(reference.spec()).isEqualTo(spec);
    assertThat(reference("djl", spec.with(Precision.BFLOAT16)).revision())
        .isNotEqualTo(reference.revision());
  }

  @Test
  void anEncoderIsKnownByItsContentAndItsRuntime() {
    ModelReference reference = reference("onnx", new OnnxSpec("builtin:all-minilm-l6-v2"));
    assertThat(reference.revision())
        .isEqualTo(OnnxSpec.identity(OnnxModels.revision("builtin:all-minilm-l6-v2")))
        .isNotEqualTo(OnnxModels.revision("builtin:all-minilm-l6-v2"));
  }
}
