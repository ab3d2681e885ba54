package dev.sluice.runners.bench;

import dev.sluice.runners.flink.EmptyStages;
import java.util.List;

/**
 * Seconds that a stage of 16 units costs on embedded Flink when the units do nothing; the first job
 * of the process, which starts Flink, apart.
 */
final class IdleBench implements Bench.Measurement {
  private static final int STAGES = 12;
  private static final int UNITS = 16;

  @Override
  public List<Figure> measure(Bench bench) {
    List<Double> seconds = EmptyStages.seconds(STAGES, UNITS);
    return List.of(
        figure("idle stage, first", new Figure.Aim.None(), seconds.subList(0, 1)),
        figure("idle stage", new Figure.Aim.AtMost(0.3), seconds.subList(1, STAGES)));
  }

  private static Figure figure(String name, Figure.Aim aim, List<Double> seconds) {
    List<Figure.Run> runs =
        seconds.stream().map(value -> new Figure.Run(value, Double.NaN)).toList();
    return new Figure(name, "s", aim, runs, "", List.of());
  }
}
