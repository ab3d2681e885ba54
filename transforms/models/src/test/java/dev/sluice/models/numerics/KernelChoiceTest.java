package dev.sluice.models.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelChoiceTest {
  private static final Set<String> AVX2 = Set.of("avx2", "fma", "sse4_2");
  private static final Set<String> AVX512 =
      Set.of("avx2", "fma", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

  private static Processor processor(String vendor, String vectors) {
    Set<String> flags =
        switch (vectors) {
          case "AVX512" -> AVX512;
          case "AVX2" -> AVX2;
          default -> Set.of("sse4_2");
        };
    return new Processor(vendor, "a processor", flags);
  }

  /**
   * Vendor, vectors of the processor, mode; what MKL is told, vectors, whether it is overridden.
   */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GenuineIntel, AVX512, NATIVE, 'AVX512,STRICT', AVX512, false, false",
        "GenuineIntel, AVX2, NATIVE, 'AVX2,STRICT', AVX2, false, false",
        "GenuineIntel, BASE, NATIVE, '', BASE, false, false",
        "AuthenticAMD, AVX512, NATIVE, '', AVX512, false, false",
        "AuthenticAMD, AVX2, NATIVE, '', AVX2, false, false",
        "HygonGenuine, AVX2, NATIVE, '', AVX2, false, false",
        "aarch64, BASE, NATIVE, '', BASE, false, false",
        "GenuineIntel, AVX512, FASTEST, 'AVX512,STRICT', AVX512, false, false",
        "AuthenticAMD, AVX512, FASTEST, 'AVX512,STRICT', AVX512, true, false",
        "AuthenticAMD, AVX2, FASTEST, 'AVX2,STRICT', AVX2, true, false",
        "AuthenticAMD, BASE, FASTEST, '', BASE, false, false",
        "aarch64, BASE, FASTEST, '', BASE, false, false",
        "GenuineIntel, AVX512, PORTABLE, 'AVX2,STRICT', AVX2, false, true",
        "AuthenticAMD, AVX512, PORTABLE, 'AVX2,STRICT', AVX2, true, true",
        "AuthenticAMD, AVX2, PORTABLE, 'AVX2,STRICT', AVX2, true, true"
      })
  void kernels_byProcessorAndMode(
      String vendor,
      String has,
      NumericsMode mode,
      String mkl,
      VectorWidth vectors,
      boolean overrides,
      boolean limits) {
    assertThat(KernelChoice.of(mode, processor(vendor, has), Map.of()))
        .isEqualTo(new KernelChoice(mkl, vectors, overrides, limits, false));
  }

  @Test
  void environment_ofPortable_limitsEveryLibrary() {
    KernelChoice portable =
        KernelChoice.of(
            NumericsMode.PORTABLE,
            processor("AuthenticAMD", "AVX512"),
            Map.of("ATEN_CPU_CAPABILITY", "avx512"));
    assertThat(portable.environment())
        .isEqualTo(
            Map.of(
                "MKL_CBWR", "AVX2,STRICT",
                "ATEN_CPU_CAPABILITY", "avx2",
                "ONEDNN_MAX_CPU_ISA", "AVX2"));
    assertThat(
            KernelChoice.of(NumericsMode.NATIVE, processor("AuthenticAMD", "AVX2"), Map.of())
                .environment())
        .isEmpty();
  }

  @Test
  void usersSetting_isKeptInNative_andContradictsOtherModes() {
    Processor intel = processor("GenuineIntel", "AVX512");
    Map<String, String> users = Map.of("MKL_CBWR", "AVX2");
    KernelChoice kept = KernelChoice.of(NumericsMode.NATIVE, intel, users);
    assertThat(kept).isEqualTo(new KernelChoice("AVX2", VectorWidth.AVX512, false, false, true));
    assertThat(kept.environment()).isEmpty();
    assertThat(kept.offered(intel)).isEqualTo("AVX2");
    assertThat(kept.offered(processor("AuthenticAMD", "AVX512"))).isEqualTo("AUTO");
    assertThatThrownBy(() -> KernelChoice.of(NumericsMode.FASTEST, intel, users))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "MKL_CBWR=AVX2 of the environment contradicts numerics: fastest, which sets it to 'AVX512,STRICT'. Unset one of the two.");
    assertThat(KernelChoice.of(NumericsMode.FASTEST, intel, Map.of("MKL_CBWR", "AVX512,STRICT")))
        .isEqualTo(new KernelChoice("AVX512,STRICT", VectorWidth.AVX512, false, false, false));
  }

  @Test
  void vectors_thatTheUserHoldsPyTorchTo_areNamed() {
    Processor intel = processor("GenuineIntel", "AVX512");
    assertThat(KernelChoice.of(NumericsMode.NATIVE, intel, Map.of("ATEN_CPU_CAPABILITY", "avx2")))
        .isEqualTo(new KernelChoice("AVX512,STRICT", VectorWidth.AVX2, false, false, false));
  }

  @Test
  void portable_withoutAvx2_isRefused() {
    assertThatThrownBy(
            () ->
                KernelChoice.of(NumericsMode.PORTABLE, processor("GenuineIntel", "BASE"), Map.of()))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "numerics: portable needs the instructions AVX2 and FMA, which this processor (a processor) lacks. Choose native.");
  }

  @Test
  void mode_isReadWithoutCase_andUnknownOnesAreNamed() {
    assertThat(NumericsMode.parse(null)).isEqualTo(NumericsMode.NATIVE);
    assertThat(NumericsMode.parse(" ")).isEqualTo(NumericsMode.NATIVE);
    assertThat(NumericsMode.parse(" Portable ")).isEqualTo(NumericsMode.PORTABLE);
    assertThatThrownBy(() -> NumericsMode.parse("fast"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "SLUICE_NUMERICS is 'fast', which is no mode of numerics. Set it to native, portable, fastest, or unset it for native.");
  }
}
