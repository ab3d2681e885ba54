package dev.sluice.runners.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.manifest.Numerics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProcessorsTest {
  private static final Numerics AMD =
      new Numerics("AMD EPYC 9B45", "MKL default, vectors AVX512", true);
  private static final Numerics INTEL =
      new Numerics("Intel Xeon", "MKL AVX512,STRICT, vectors AVX512", true);

  @Test
  void namesEachProcessorOnce() {
    assertThat(Processors.sentence(Stream.of(AMD, AMD, AMD)))
        .isEqualTo("Computed on AMD EPYC 9B45, MKL default, vectors AVX512.");
    assertThat(Processors.sentence(Stream.of(INTEL, AMD, INTEL)))
        .isEqualTo(
            "Computed on AMD EPYC 9B45, MKL default, vectors AVX512; Intel Xeon, MKL AVX512,STRICT, vectors AVX512.");
    assertThat(Processors.sentence(Stream.empty())).isEmpty();
  }

  @Test
  void pageWithoutRuns_namesNone() {
    assertThat(ProofPage.of(List.of(), List.of(), List.of())).doesNotContain("Computed on");
  }
}
