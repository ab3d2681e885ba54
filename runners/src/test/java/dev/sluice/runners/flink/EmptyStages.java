package dev.sluice.runners.flink;

import dev.sluice.pipelines.run.DoUnits;
import dev.sluice.stages.Unit;
import dev.sluice.stages.Units;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.IntStream;

/** Measures what embedded Flink costs: stages of nothing, one job each. */
final class EmptyStages {
  private EmptyStages() {}

  public static void main(String[] arguments) {
    int stages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16;
    LogManager.getLogManager().reset();
    long begin = System.nanoTime();
    try (EmbeddedFlink flink =
        EmbeddedFlink.start(Runtime.getRuntime().availableProcessors(), true)) {
      List<Unit> units =
          IntStream.range(0, count)
              .mapToObj(k -> Unit.of(Units.name(k), "shard", Map.of()))
              .toList();
      for (int stage = 0; stage < stages; stage++) {
        long start = System.nanoTime();
        flink.run("stage-" + stage, 0, pipeline -> pipeline.apply(DoUnits.of(units, unit -> {})));
        System.out.printf(
            "job %d: %.3f s, since start %.3f s%n",
            stage, (System.nanoTime() - start) / 1e9, (System.nanoTime() - begin) / 1e9);
      }
    }
    System.out.printf("all: %.3f s%n", (System.nanoTime() - begin) / 1e9);
    System.exit(0);
  }
}
