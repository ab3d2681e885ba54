package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.DjlSpec;
import org.junit.jupiter.api.Test;

/** What a model entry asks for is done or refused, never ignored. */
class DjlSpecTest {
  @Test
  void refusesWhatThisBuildCannotCompute() {
    assertThat(new DjlSpec("m", "float32", "auto").objection()).isEmpty();
    assertThat(new DjlSpec("m", "float32", "cuda:1").objection())
        .isEqualTo("device is 'cuda:1', but this build computes on the CPU alone; use auto or cpu");
    assertThat(new DjlSpec("m", "float32", "gpu").objection())
        .isEqualTo("device must be auto, cpu, cuda or cuda:N, but is 'gpu'");
  }
}
