package dev.sluice.runners.proof.report;

import dev.sluice.records.manifest.Numerics;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processors of some runs: training differs in its last bits from processor to processor. */
public final class Processors {
  private Processors() {}

  /** The processors and kernels of some runs as a sentence; empty if their manifests name none. */
  static String sentence(Stream<Numerics> computedOn) {
    String all =
        computedOn.map(Numerics::text).collect(Collectors.toCollection(TreeSet::new)).stream()
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "" : "Computed on " + all + ".";
  }
}
