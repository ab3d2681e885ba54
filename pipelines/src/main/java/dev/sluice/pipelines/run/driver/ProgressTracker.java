package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunProgress;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.folder.WaveProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the progress of a run out of that of its waves: what the whole stage has done of what it
 * will do, and what remains. Keeps it in the run folder too, for other terminals.
 */
final class ProgressTracker implements RunListener {
  private static final Pattern ROUND = Pattern.compile("(\\d{1,9}) of (\\d{1,9})$");

  /** Part of a round after which its update begins. */
  private static final double ROLLOUTS = 0.7;

  private final List<PlannedStage> planned;
  private final RunFolder folder;
  private final StageProgress stageProgress;
  private final RunListener listener;
  private final LongSupplier nanos;
  private final long pace;
  private StageReport stage = StageReport.pending("", "");
  private int number;
  private long began;
  private @Nullable Long reusedRows;
  private RemainingTime left = new RemainingTime();
  private long written;

  /** What stages of this run took, where they asked models: seconds and replies. */
  private double seconds;

  private long replies;

  ProgressTracker(
      Plan plan,
      RunFolder folder,
      StageProgress stageProgress,
      RunListener listener,
      LongSupplier nanos) {
    this.planned = plan.stages();
    this.folder = folder;
    this.stageProgress = stageProgress;
    this.listener = listener;
    this.nanos = nanos;
    this.pace = folder.progressPace();
    this.written = nanos.getAsLong() - pace;
  }

  @Override
  public void began(StageReport report, int index, int of) {
    stage = report;
    number = index;
    began = nanos.getAsLong();
    reusedRows = null;
    left = new RemainingTime();
    listener.began(report, index, of);
  }

  @Override
  public void progress(WaveProgress wave) {
    listener.progress(wave);
    RunProgress now = of(wave);
    long time = nanos.getAsLong();
    if (time - written >= pace) {
      written = time;
      folder.progress(now);
    }
    listener.progress(now);
  }

  private RunProgress of(WaveProgress wave) {
    StageReport report = stageProgress.of(stage);
    boolean training = stageProgress.training();
    long done = report.counts().out() + report.counts().dead();
    if (reusedRows == null) {
      reusedRows = Math.max(0, done - (training ? 0 : wave.rowsDone()));
    }
    PlannedStage forecast = planned.get(number - 1);
    Matcher round = ROUND.matcher(wave.label());
    boolean rounds = round.find();
    Long rows = forecast.rows() != null && forecast.rows() > 1 ? forecast.rows() : null;
    if (rows == null && !rounds && wave.rowsOf() > 0 && !training) {
      rows = Math.max(done, reusedRows + wave.rowsOf());
    }
    Long calls =
        forecast.action() == PlannedStage.Action.RUN && report.shardsReused() == 0
            ? forecast.calls()
            : null;
    double share =
        rounds
            ? round(round, training, wave.share())
            : training
                ? wave.share()
                : share(done - reusedRows, rows == null ? null : rows - reusedRows, wave);
    if (calls != null && calls > 0 && !training) {
      share = Math.max(share, Math.min(1, report.usage().calls() / (double) calls));
    }
    Duration elapsed = Duration.ofNanos(nanos.getAsLong() - began);
    Duration stageLeft = left.look(share, elapsed);
    return new RunProgress(
        wave.stage(),
        wave.label(),
        number,
        planned.size(),
        wave.units(),
        wave.unitsDone(),
        training ? wave.rowsDone() : done,
        training ? wave.rowsOf() > 0 ? Long.valueOf(wave.rowsOf()) : null : rows,
        training,
        report.usage().calls(),
        calls != null && calls >= report.usage().calls() && calls > 0 ? calls : null,
        wave.rowsPerSecond(),
        wave.tokensPerSecond(),
        share,
        elapsed,
        stageLeft,
        stageLeft == null ? null : later(stageLeft),
        wave.silent());
  }

  private static double share(long done, @Nullable Long of, WaveProgress wave) {
    if (of != null && of > 0) {
      return Math.min(1, done / (double) of);
    }
    // What was finished before took none of this run's time.
    int todo = wave.units() - wave.unitsReused();
    return todo <= 0 ? 1 : (wave.unitsDone() - wave.unitsReused()) / (double) todo;
  }

  /** Rounds are alike; the update comes last in each. */
  private static double round(Matcher round, boolean training, double share) {
    double of = Double.parseDouble(round.group(2));
    double part = training ? ROLLOUTS + (1 - ROLLOUTS) * share : ROLLOUTS * share;
    return of == 0 ? 0 : (Double.parseDouble(round.group(1)) - 1 + part) / of;
  }

  /** With what the stages after this one take; null if that cannot be said of one of them. */
  private @Nullable Duration later(Duration stageLeft) {
    double sum = stageLeft.toMillis() / 1000.0;
    for (PlannedStage next : planned.subList(number, planned.size())) {
      if (next.action() == PlannedStage.Action.REUSE) {
        continue;
      }
      Double known = next.seconds();
      Long calls = next.calls();
      if (calls != null && calls > 0 && replies > 0) {
        // Machines and models differ from those of the run before; this run's pace is known.
        sum += calls * seconds / replies;
      } else if (known != null) {
        sum += known;
      } else {
        return null;
      }
    }
    return Duration.ofMillis(Math.round(sum * 1000));
  }

  @Override
  public void ended(StageReport report) {
    if (report.usage().calls() > 0 && report.state() != StageReport.State.REUSED) {
      seconds += report.seconds();
      replies += report.usage().calls();
    }
    listener.ended(report);
  }

  @Override
  public void warning(String name, String message) {
    listener.warning(name, message);
  }

  @Override
  public void saved(RunFolder saved) {
    listener.saved(saved);
  }
}
