package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.folder.WaveProgress;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Usage;
import dev.sluice.stages.UnitResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the stage at work has done so far: its finished units, and the wave in flight. Written by
 * the thread of the run and by the one that watches the wave; read by the heartbeat.
 */
public final class StageProgress {
  private @Nullable FinishedUnits units;
  private @Nullable WaveProgress wave;
  private boolean training;

  /** A stage begins; null until it has laid out anything. */
  public synchronized void stage(@Nullable FinishedUnits finished) {
    units = finished;
    wave = null;
  }

  /**
   * A wave is so far; null when it is over.
   *
   * @param trains whether its rows are steps of a training, which are no rows of the stage
   */
  public synchronized void wave(@Nullable WaveProgress progress, boolean trains) {
    wave = progress;
    training = trains;
  }

  /** Whether the wave at work is a training. */
  synchronized boolean training() {
    return wave != null && training;
  }

  /** The stage's report with what is done. */
  public synchronized StageReport of(StageReport stage) {
    if (units == null) {
      return stage;
    }
    List<UnitResult> done = units.all();
    Counts counts = done.stream().map(UnitResult::counts).reduce(Counts.NONE, Counts::plus);
    Usage usage =
        done.stream()
            .filter(unit -> !unit.reused())
            .map(UnitResult::usage)
            .reduce(Usage.NONE, Usage::plus);
    int reused = (int) done.stream().filter(UnitResult::reused).count();
    int shards = done.size();
    if (wave != null) {
      shards += (int) (wave.unitsDone() - wave.unitsReused());
      usage = usage.plus(wave.usage());
      if (!training) {
        counts = counts.plus(new Counts(0, wave.rowsDone(), wave.rowsDone(), 0, 0));
      }
    }
    return stage.with(counts, shards, reused, usage);
  }
}
