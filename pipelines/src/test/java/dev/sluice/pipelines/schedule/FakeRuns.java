package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.ledger.LedgerFire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs that take their time on a clock of the test's, and live on when a daemon dies. */
final class FakeRuns implements Runs {
  /** What a run is to do. */
  record Script(Duration takes, State ends) {
    static Script succeeds(Duration takes) {
      return new Script(takes, State.SUCCEEDED);
    }
  }

  private record Run(LedgerFire fire, Instant over, State end) {}

  private final Supplier<Instant> clock;
  private final Function<LedgerFire, Script> scripts;
  private final Map<String, Run> runs = new HashMap<>();
  private final Map<String, Double> metrics = new HashMap<>();

  /** What was asked of it: "start nightly 2027-...", "resume ...", "stop ...", in order. */
  final List<String> asked = new ArrayList<>();

  /** Parameters of the run that was started last. */
  Map<String, String> params = Map.of();

  private int ids;

  FakeRuns(Supplier<Instant> clock, Function<LedgerFire, Script> scripts) {
    this.clock = clock;
    this.scripts = scripts;
  }

  @Override
  public synchronized String newId() {
    return "run-" + ++ids;
  }

  @Override
  public synchronized void start(LedgerFire fire, ScheduledFile file, Map<String, String> given) {
    params = given;
    begin("start", fire);
  }

  @Override
  public synchronized void resume(LedgerFire fire, String before) {
    begin("resume", fire);
  }

  private void begin(String what, LedgerFire fire) {
    asked.add("%s %s %s".formatted(what, fire.schedule(), fire.due()));
    Script script = scripts.apply(fire);
    runs.put(
        String.valueOf(fire.runId()),
        new Run(fire, clock.get().plus(script.takes()), script.ends()));
  }

  @Override
  public synchronized Look look(LedgerFire fire) {
    Run run = runs.get(String.valueOf(fire.runId()));
    if (run == null) {
      return new Look(State.NOT_STARTED, null);
    }
    if (clock.get().isBefore(run.over())) {
      return new Look(State.RUNNING, null);
    }
    return new Look(run.end(), run.end() == State.FAILED ? "stage 'votes' failed" : null);
  }

  @Override
  public synchronized void stop(LedgerFire fire) {
    asked.add("stop %s %s".formatted(fire.schedule(), fire.due()));
    endNow(fire.runId(), State.INTERRUPTED);
  }

  @Override
  public synchronized void kill(LedgerFire fire) {
    asked.add("kill %s %s".formatted(fire.schedule(), fire.due()));
    endNow(fire.runId(), State.INTERRUPTED);
  }

  /** The process of a run is gone. */
  private void endNow(@Nullable String id, State how) {
    runs.computeIfPresent(String.valueOf(id), (key, run) -> new Run(run.fire(), clock.get(), how));
  }

  /** Kills the processes of runs that are at work. */
  synchronized void killAll() {
    List.copyOf(runs.keySet())
        .forEach(
            id -> {
              Run run = runs.get(id);
              if (run != null && clock.get().isBefore(run.over())) {
                endNow(id, State.INTERRUPTED);
              }
            });
  }

  /** Has runs report a metric from now on. */
  void report(String name, double value) {
    metrics.put(name, value);
  }

  @Override
  public OptionalDouble metric(LedgerFire fire, String name) {
    Double value = metrics.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** How often runs were started, not counting those that were gone on with, by "schedule due". */
  synchronized Map<String, Integer> starts() {
    Map<String, Integer> starts = new HashMap<>();
    for (String each : asked) {
      if (each.startsWith("start ")) {
        starts.merge(each.substring("start ".length()), 1, Integer::sum);
      }
    }
    return starts;
  }
}
