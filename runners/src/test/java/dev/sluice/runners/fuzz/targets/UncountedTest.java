package dev.sluice.runners.fuzz.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.Simple.class)
class UncountedTest {
  private static final Uncounted WRITE =
      Uncounted.of("dev.sluice.models.directory.Safetensors.write", "writes");

  @Test
  void method_meansItselfAndLambdasInIt() {
    String type = "dev/sluice/models/directory/Safetensors";
    assertThat(WRITE.means(type, "write")).isTrue();
    assertThat(WRITE.means(type, "lambda$write$3")).isTrue();
    assertThat(WRITE.means(type, "writes")).isFalse();
    assertThat(WRITE.means(type, "lambda$read$0")).isFalse();
    assertThat(WRITE.means(type + "$Content", "write")).isFalse();
    assertThat(WRITE.shown()).isEqualTo("Safetensors.write");
  }

  @Test
  void method_thatIsNotThere_isToldFromOneThatIs() {
    assertThat(WRITE.exists()).isTrue();
    assertThat(
            Uncounted.of("dev.sluice.models.directory.Safetensors$Content.require", "x").exists())
        .isTrue();
    assertThat(Uncounted.of("dev.sluice.models.directory.Safetensors.gone", "x").exists())
        .isFalse();
    assertThat(Uncounted.of("dev.sluice.models.directory.Gone.write", "x").exists()).isFalse();
  }
}
