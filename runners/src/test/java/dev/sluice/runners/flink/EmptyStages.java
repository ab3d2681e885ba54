package dev.sluice.runners.flink;

import dev.sluice.pipelines.run.worker.RunUnits;
import dev.sluice.stages.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Measures what embedded Flink costs: stages of nothing, one job each. */
public final class EmptyStages {
  private EmptyStages() {}

  /** Seconds of each stage; the first one's begin before Flink is started. */
  public static List<Double> seconds(int stages, int count) {
    List<Double> seconds = new ArrayList<>();
    long start = System.nanoTime();
    try (EmbeddedFlink flink =
        EmbeddedFlink.start(Runtime.getRuntime().availableProcessors(), true)) {
      List<Unit> units =
          IntStream.range(0, count)
              .mapToObj(k -> Unit.of(Unit.numbered(k), "shard", Map.of()))
              .toList();
      for (int stage = 0; stage < stages; stage++) {
        flink.run(
            "stage-" + stage,
            0,
            pipeline -> pipeline.apply(RunUnits.of(units, () -> unit -> {})),
            job -> {});
        long end = System.nanoTime();
        seconds.add((end - start) / 1e9);
        start = end;
      }
    }
    return seconds;
  }
}
