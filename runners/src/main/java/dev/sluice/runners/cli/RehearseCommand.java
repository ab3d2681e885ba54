package dev.sluice.runners.cli;

import dev.sluice.pipelines.run.DoUnits;
import dev.sluice.runners.flink.EmbeddedFlink;
import dev.sluice.stages.Unit;
import dev.sluice.stages.Units;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/** Loads what later starts will load, so that the launcher can keep its classes in an archive. */
@Command(name = "rehearse", hidden = true, description = "Touches what a run needs; for the build.")
final class RehearseCommand implements Callable<Integer> {
  private final Services services;

  RehearseCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    services.registry();
    try (EmbeddedFlink flink = EmbeddedFlink.start(2, true)) {
      List<Unit> units =
          IntStream.range(0, 4).mapToObj(k -> Unit.of(Units.name(k), "shard", Map.of())).toList();
      flink.run("rehearsal", 0, pipeline -> pipeline.apply(DoUnits.of(units, unit -> {})));
    }
    return ExitCode.DONE;
  }
}
