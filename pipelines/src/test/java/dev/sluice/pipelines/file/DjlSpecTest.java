package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.Endpoint;
import dev.sluice.models.Precision;
import dev.sluice.models.provider.DjlSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a model entry asks for is done or refused, never ignored. */
class DjlSpecTest {
  @Test
  void refusesWhatThisBuildCannotCompute() {
    assertThat(new DjlSpec("m", Precision.FLOAT32, Endpoint.COMPLETIONS, null, "auto").objection())
        .isEmpty();
    assertThat(
            new DjlSpec("m", Precision.FLOAT32, Endpoint.COMPLETIONS, null, "cuda:1").objection())
        .isEqualTo(
            "device is 'cuda:1', but this build computes on the CPU alone; use auto or cpu, or build with SLUICE_BUILD=-Pcuda");
    assertThat(new DjlSpec("m", Precision.FLOAT32, Endpoint.COMPLETIONS, null, "gpu").objection())
        .isEqualTo("device must be auto, cpu, cuda or cuda:N, but is 'gpu'");
  }

  @Test
  void rowsDependOnHowAModelIsUsed() {
    List<String> identities = new ArrayList<>();
    for (Precision dtype : Precision.values()) {
      for (Endpoint endpoint : Endpoint.values()) {
        identities.add(new DjlSpec("m", dtype, endpoint, null, "auto").identity("r", "t"));
      }
    }
    assertThat(identities).doesNotHaveDuplicates().hasSize(4).contains("r");
    assertThat(
            new DjlSpec("m", Precision.FLOAT32, Endpoint.COMPLETIONS, null, "cpu")
                .identity("r", "t"))
        .isEqualTo("r");
    DjlSpec chat = new DjlSpec("m", Precision.FLOAT32, Endpoint.CHAT, null, "auto");
    assertThat(chat.identity("r", "t")).isNotEqualTo(chat.identity("r", "other"));
    DjlSpec cut = DjlSpec.usual("m").withPromptsOf(100);
    assertThat(cut.identity("r", "t"))
        .isNotEqualTo("r")
        .isNotEqualTo(DjlSpec.usual("m").withPromptsOf(101).identity("r", "t"));
  }

  @Test
  void aTemplateIsNotCut() {
    assertThat(DjlSpec.usual("m").withPromptsOf(100).objection()).isEmpty();
    assertThat(DjlSpec.usual("m").withPromptsOf(100).with(Endpoint.CHAT).objection())
        .isEqualTo(
            "max_prompt_length cuts the beginning of a prompt off, which with endpoint: chat holds the template's marks; leave one of them out");
  }
}
