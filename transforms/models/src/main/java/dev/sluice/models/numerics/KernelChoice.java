package dev.sluice.models.numerics;

import dev.sluice.models.ModelException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The kernels that the math libraries are told to use, before they are loaded.
 *
 * <p>MKL's strict conditional reproducibility ("Obtaining Numerically Reproducible Results", oneMKL
 * developer guide) makes a row of a product independent of the number of rows. MKL offers it for
 * AVX2 and AVX-512 and officially on Intel processors alone; elsewhere it ignores the setting.
 *
 * @param mkl value of {@code MKL_CBWR}; empty: MKL decides
 * @param vectors widest vectors of all libraries
 * @param overridesVendor whether MKL is told that the processor is Intel's
 * @param limitsVectors whether the libraries other than MKL are held to {@code vectors} too
 * @param byUser whether the user's environment sets {@code MKL_CBWR}
 */
record KernelChoice(
    String mkl,
    VectorWidth vectors,
    boolean overridesVendor,
    boolean limitsVectors,
    boolean byUser) {
  static final String MKL_VARIABLE = "MKL_CBWR";
  private static final String VECTORS_VARIABLE = "ATEN_CPU_CAPABILITY";
  private static final String STRICT = ",STRICT";

  /**
   * The kernels for a processor.
   *
   * @param environment the user's; what it says of the libraries counts, as far as the mode allows
   * @throws ModelException if the processor lacks what the mode needs, or the environment
   *     contradicts the mode
   */
  static KernelChoice of(NumericsMode mode, Processor processor, Map<String, String> environment) {
    KernelChoice choice =
        switch (mode) {
          case NATIVE -> best(processor, vectors(processor, environment), false);
          case FASTEST -> best(processor, vectors(processor, environment), true);
          case PORTABLE -> portable(processor);
        };
    String users = environment.get(MKL_VARIABLE);
    if (users == null || users.isBlank() || users.equals(choice.mkl())) {
      return choice;
    }
    if (mode != NumericsMode.NATIVE) {
      throw new ModelException(
          "%s=%s of the environment contradicts numerics: %s, which sets it to '%s'. Unset one of the two."
              .formatted(MKL_VARIABLE, users, mode.label(), choice.mkl()));
    }
    return new KernelChoice(users, choice.vectors(), false, false, true);
  }

  /** The widest vectors, unless the environment holds PyTorch to others. */
  private static VectorWidth vectors(Processor processor, Map<String, String> environment) {
    return switch (environment.getOrDefault(VECTORS_VARIABLE, "").toLowerCase(Locale.ROOT)) {
      case "default" -> VectorWidth.BASE;
      case "avx2" -> VectorWidth.AVX2;
      default -> processor.widest();
    };
  }

  private static KernelChoice best(Processor processor, VectorWidth vectors, boolean anyVendor) {
    VectorWidth widest = processor.widest();
    boolean strict = widest != VectorWidth.BASE && (processor.intel() || anyVendor);
    return new KernelChoice(
        strict ? widest.label() + STRICT : "", vectors, strict && !processor.intel(), false, false);
  }

  private static KernelChoice portable(Processor processor) {
    if (processor.widest() == VectorWidth.BASE) {
      throw new ModelException(
          "numerics: portable needs the instructions AVX2 and FMA, which this processor (%s) lacks. Choose native."
              .formatted(processor.name()));
    }
    return new KernelChoice(
        VectorWidth.AVX2.label() + STRICT, VectorWidth.AVX2, !processor.intel(), true, false);
  }

  /** What MKL makes of the setting: on processors of others it takes its own choice for most. */
  String offered(Processor processor) {
    boolean ignored =
        byUser && !processor.intel() && !mkl.startsWith("COMPATIBLE") && !mkl.startsWith("AUTO");
    return !ignored ? mkl : mkl.endsWith(STRICT) ? "AUTO" + STRICT : "AUTO";
  }

  /** The environment that the libraries read when they are loaded. */
  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    if (!mkl.isEmpty() && !byUser) {
      variables.put(MKL_VARIABLE, mkl);
    }
    if (limitsVectors) {
      // PyTorch's own kernels, and oneDNN's.
      variables.put(VECTORS_VARIABLE, "avx2");
      variables.put("ONEDNN_MAX_CPU_ISA", "AVX2");
    }
    return variables;
  }
}
