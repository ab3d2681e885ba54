package dev.sluice.pipelines.plan;

import dev.sluice.models.numerics.MathLibrary;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.Numerics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a plan says of rows that were computed with other kernels than this machine would use. */
final class KernelsElsewhere {
  private static final String ENGINE = "MKL";

  private KernelsElsewhere() {}

  /**
   * A note behind the reason; empty where the kernels are equal or none were used.
   *
   * @param mode that the file asks for; null: the environment's
   */
  static String note(Manifest manifest, @Nullable NumericsMode mode) {
    String here = MathLibrary.expected(mode);
    List<String> others =
        manifest.computedOn().stream()
            .filter(each -> each.kernels().startsWith(ENGINE))
            .filter(each -> !each.kernels().equals(here))
            .map(Numerics::kernels)
            .distinct()
            .toList();
    return others.isEmpty()
        ? ""
        : "; computed with other kernels than here (%s)".formatted(String.join("; ", others));
  }
}
