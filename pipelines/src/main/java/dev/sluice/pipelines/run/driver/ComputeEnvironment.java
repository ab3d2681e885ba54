package dev.sluice.pipelines.run.driver;

import dev.sluice.records.manifest.Numerics;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What computed the models of a stage's units, and what is to be said of it. */
public final class ComputeEnvironment {
  private ComputeEnvironment() {}

  /** Each once, in order. */
  static List<Numerics> of(List<UnitResult> units) {
    return units.stream().flatMap(unit -> unit.computedOn().stream()).distinct().sorted().toList();
  }

  /** Sentences for whoever compares the rows with those of another run. */
  public static List<String> warnings(List<Numerics> all) {
    List<String> warnings = new ArrayList<>();
    for (Numerics each : all) {
      if (!each.batchInvariant()) {
        warnings.add(
            "Rows depend on the batch that they were computed in (%s, %s): another decode batch or parallelism gives other rows. Set numerics: portable or fastest, or unset MKL_CBWR, and rerun the stage."
                .formatted(each.processor(), each.kernels()));
      }
    }
    mixed(all.stream().map(Numerics::kernels).distinct().toList()).ifPresent(warnings::add);
    return warnings;
  }

  /** A sentence if PyTorch's kernels are of more than one kind. */
  public static Optional<String> mixed(List<String> kernels) {
    List<String> engines = kernels.stream().filter(each -> each.startsWith("MKL")).toList();
    return engines.size() < 2
        ? Optional.empty()
        : Optional.of(
            "The workers compute with different kernels (%s), so a row's bits depend on the worker that computed it. Set numerics: portable in the file for equal rows."
                .formatted(engines.stream().collect(Collectors.joining("; "))));
  }
}
