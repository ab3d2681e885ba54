package dev.sluice.models.numerics;

import dev.sluice.models.ModelException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a process chooses the kernels of its math libraries. */
public enum NumericsMode {
  /** The best reproducible kernels that the libraries officially offer the processor. */
  NATIVE,

  /** The AVX2 kernels on every processor: equal bits on Intel and AMD. */
  PORTABLE,

  /** The AVX-512 kernels where the processor has the instructions, on AMD too; else AVX2. */
  FASTEST;

  /** The environment variable that names the mode. */
  public static final String VARIABLE = "SLUICE_NUMERICS";

  /** The system property that names the mode; it comes before the environment. */
  public static final String PROPERTY = "sluice.numerics";

  /**
   * The mode of this process.
   *
   * @throws ModelException if the property or the environment names none of the modes
   */
  public static NumericsMode current() {
    String property = System.getProperty(PROPERTY);
    return property != null ? parse(property, PROPERTY) : parse(System.getenv(VARIABLE), VARIABLE);
  }

  static NumericsMode parse(@Nullable String text, String where) {
    if (text == null || text.isBlank()) {
      return NATIVE;
    }
    for (NumericsMode mode : values()) {
      if (mode.label().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new ModelException(
        "%s is '%s', which is no mode of numerics. Set it to %s, or unset it for native."
            .formatted(
                where,
                text,
                Arrays.stream(values())
                    .map(NumericsMode::label)
                    .collect(Collectors.joining(", "))));
  }

  /** The name in the environment and in messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
