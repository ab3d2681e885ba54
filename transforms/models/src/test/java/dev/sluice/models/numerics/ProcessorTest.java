package dev.sluice.models.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void description_ofTheFirstProcessor_isRead() {
    Processor processor =
        Processor.parse(
            """
            processor\t: 0
            vendor_id\t: GenuineIntel
            cpu family\t: 6
            model\t\t: 143
            model name\t: Intel(R) Xeon(R) Processor @ 2.00GHz
            flags\t\t: fpu avx2 fma avx512f avx512bw avx512cd avx512dq avx512vl

            processor\t: 1
            vendor_id\t: Other
            flags\t\t: fpu
            """);
    assertThat(processor.vendor()).isEqualTo("GenuineIntel");
    assertThat(processor.name())
        .isEqualTo("Intel(R) Xeon(R) Processor @ 2.00GHz (family 6, model 143)");
    assertThat(processor.intel()).isTrue();
    assertThat(processor.widest()).isEqualTo(VectorWidth.AVX512);
  }

  @Test
  void vectors_needAllTheirInstructions() {
    assertThat(new Processor("v", "n", Set.of("avx512f", "avx2", "fma")).widest())
        .isEqualTo(VectorWidth.AVX2);
    assertThat(new Processor("v", "n", Set.of("avx2")).widest()).isEqualTo(VectorWidth.BASE);
  }

  @Test
  void machineWithoutDescription_isItsArchitecture() {
    Processor processor = Processor.parse("");
    assertThat(processor.name()).isEqualTo(System.getProperty("os.arch"));
    assertThat(processor.intel()).isFalse();
    assertThat(processor.widest()).isEqualTo(VectorWidth.BASE);
  }

  @Test
  void armDescription_isItsArchitecture() {
    Processor processor =
        Processor.parse("processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd\n");
    assertThat(processor.vendor()).isEqualTo(System.getProperty("os.arch"));
    assertThat(processor.widest()).isEqualTo(VectorWidth.BASE);
  }
}
