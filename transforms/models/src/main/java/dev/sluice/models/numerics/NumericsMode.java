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

  /**
   * The mode that the environment names; {@link #NATIVE} if it names none.
   *
   * @throws ModelException if there is no such mode
   */
  public static NumericsMode ofEnvironment() {
    return parse(System.getenv(VARIABLE));
  }

  static NumericsMode parse(@Nullable String text) {
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
                VARIABLE,
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
