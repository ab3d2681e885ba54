package dev.sluice.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.Endpoint;
import dev.sluice.models.Precision;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.models.provider.DjlSpec;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.models.provider.OnnxSpec;
import dev.sluice.pipelines.run.worker.ModelReference;
import org.junit.jupiter.api.Test;

/** What rows depend on, and what only says where they are made. */
class ContentHasherTest {
  private static final String SOLVER = "builtin:tiny-solver";

  private static ModelReference reference(ModelProvider provider) {
    return new ContentHasher().ofModel("m", provider);
  }

  @Test
  void aDeviceTravelsAndDecidesNoRows() {
    DjlSpec spec = new DjlSpec(SOLVER, Precision.FLOAT32, Endpoint.COMPLETIONS, null, "cpu");
    ModelReference reference = reference(spec);
    assertThat(reference.revision()).isEqualTo(BuiltinModels.revision("tiny-solver"));
    assertThat(reference.provider()).isEqualTo(spec);
    assertThat(reference(spec.with(Precision.BFLOAT16)).revision())
        .isNotEqualTo(reference.revision());
  }

  @Test
  void anEncoderIsKnownByItsContentAndItsRuntime() {
    ModelReference reference = reference(new OnnxSpec("builtin:all-minilm-l6-v2"));
    assertThat(reference.revision())
        .isEqualTo(OnnxSpec.identity(OnnxModels.revision("builtin:all-minilm-l6-v2")))
        .isNotEqualTo(OnnxModels.revision("builtin:all-minilm-l6-v2"));
  }
}
