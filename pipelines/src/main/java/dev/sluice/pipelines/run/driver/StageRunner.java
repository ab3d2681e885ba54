package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.plan.CommittedStage;
import dev.sluice.pipelines.run.folder.UnitFailure;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.DamagedFileException;
import dev.sluice.records.Metric;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.manifest.Usage;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.ReplyMetrics;
import dev.sluice.stages.UnitResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Runs one stage whose inputs are committed: units, checks, manifest. */
final class StageRunner {
  private final RunContext run;

  StageRunner(RunContext run) {
    this.run = run;
  }

  /**
   * Runs the stage and commits its artifact, unless another run has committed one meanwhile: two
   * runs of one plan share their units, so that its rows are the same.
   *
   * @param takes whether an artifact of another run will do
   * @param before what is taken over if only some rows are asked again
   * @throws StageException if a unit failed or too many rows are dead
   * @throws InterruptedRunException if the run was asked to stop
   */
  CommittedStage run(ReadyStage stage, Predicate<Artifact> takes, PreviousUnits before) {
    Instant started = Instant.now();
    long start = System.nanoTime();
    Attempt attempt =
        run.store().newAttempt(stage.type(), stage.fingerprint(), run.folder().clock().instant());
    run.attempts().add(attempt.name());
    DriverContext driver = driven(stage, attempt, before);
    List<UnitResult> made = driver.artifact();
    List<UnitResult> units = driver.units();
    Counts counts = made.stream().map(UnitResult::counts).reduce(Counts.NONE, Counts::plus);
    List<ShardFile> shards = new ArrayList<>();
    made.forEach(unit -> shards.addAll(unit.tables()));
    checkDead(stage, counts, shards);
    if (Tables.VERIFICATIONS.name().equals(stage.origin().table())
        && UnparsedReplyWarning.isMost(counts)) {
      run.warn(
          stage.name(),
          UnparsedReplyWarning.warning(
              counts, shards, run.store(), run.folder().id() + "/" + stage.name()));
    }
    flaws(units).forEach(driver::metric);
    ReadyStage.Origin origin = stage.origin();
    List<Numerics> computedOn = ComputeEnvironment.of(units);
    ComputeEnvironment.warnings(computedOn).forEach(driver::warn);
    Manifest manifest =
        new Manifest(
            SealedJson.FORMAT_VERSION,
            stage.type(),
            origin.behaviourVersion(),
            stage.name(),
            stage.fingerprint(),
            stage.ownPart(),
            attempt.name(),
            origin.table(),
            origin.config(),
            stage.seed(),
            origin.inputs(),
            origin.models(),
            shards,
            driver.model(),
            counts,
            units.stream().map(UnitResult::usage).reduce(Usage.NONE, Usage::plus),
            named(stage, driver.metrics()),
            stage.wiring().referenceFree(),
            driver.warnings(),
            origin.versions(),
            computedOn,
            started.toString(),
            Instant.now().toString(),
            (System.nanoTime() - start) / 1e9,
            units.stream()
                .map(
                    unit ->
                        new Manifest.UnitEntry(
                            unit.name(), unit.key(), unit.seconds(), unit.reused()))
                .toList(),
            before.account(units, counts.expected(), driver.askedAgain()));
    Usage spent =
        units.stream()
            .filter(unit -> !unit.reused())
            .map(UnitResult::usage)
            .reduce(Usage.NONE, Usage::plus);
    Artifact artifact = new CommitOnce(run, takes).commit(attempt, manifest);
    return new CommittedStage(stage.name(), artifact, spent);
  }

  /**
   * Has the stage lay out its work until nothing is missing. A file of an earlier unit that is gone
   * or damaged and needed again costs another go, in which the unit that made it is not finished.
   */
  private DriverContext driven(ReadyStage stage, Attempt attempt, PreviousUnits before) {
    DriverContext driver = new DriverContext(stage, attempt, before, run);
    Map<String, Integer> again = new HashMap<>();
    while (true) {
      String lost;
      String why;
      try {
        stage.stage().drive(driver);
        driver.onAllUnitsPlanned();
        return driver;
      } catch (ModelGoneException e) {
        lost = e.key();
        why = e.getMessage();
      } catch (DamagedFileException e) {
        // A file that no unit of this stage made belongs to a stage before it, and to the run.
        lost = driver.finished().owner(e.damage().path()).orElseThrow(() -> e);
        run.setAside(stage.name(), e.damage());
        why = e.getMessage();
      }
      if (again.merge(lost, 1, Integer::sum) > Repairs.MAX) {
        throw new StageException(
            "Stage '%s': a unit was made again %d times in this run, and still: %s Look at the disk and at what else writes to the workspace, and run the file again."
                .formatted(stage.name(), Repairs.MAX, why));
      }
      UnitFailure.clear(run.folder(), stage.name());
      driver.invalidate(lost);
    }
  }

  /** How many replies of all units had a flaw; of those that none had, nothing. */
  private static List<Metric> flaws(List<UnitResult> units) {
    List<Metric> metrics = new ArrayList<>();
    for (MetricDefinition each : ReplyMetrics.DEFINITIONS) {
      double sum =
          units.stream().mapToDouble(unit -> unit.values().getOrDefault(each.name(), 0.0)).sum();
      if (sum > 0) {
        metrics.add(Metric.of("", 0, 0, each.name(), sum));
      }
    }
    return metrics;
  }

  private static List<Metric> named(ReadyStage stage, List<Metric> metrics) {
    return metrics.stream()
        .map(
            metric ->
                metric.stage().isEmpty()
                    ? new Metric(
                        stage.type(),
                        metric.round(),
                        metric.step(),
                        metric.name(),
                        metric.value(),
                        metric.low(),
                        metric.high(),
                        metric.n())
                    : metric)
        .toList();
  }

  private void checkDead(ReadyStage stage, Counts counts, List<ShardFile> shards) {
    if (counts.dead() > stage.deadThreshold() * counts.expected()) {
      DeadLetterReasons reasons = DeadLetterReasons.read(run.store(), shards);
      throw new StageException(
          String.format(
              Locale.ROOT,
              "Stage '%s': %,d of %,d expected rows are dead letters (%.1f %%), more than error_handling.threshold allows (%.1f %%). %s The reasons:%s",
              stage.name(),
              counts.dead(),
              counts.expected(),
              100.0 * counts.dead() / counts.expected(),
              100.0 * stage.deadThreshold(),
              reasons.mendable() == 0
                  ? "Mend the rows or what is asked about them, or raise the threshold, and run the file again; whole shards are reused."
                  : "Finished shards keep their dead letters: 'sluice retry-dead' retries them. If the cause is the file or its data, correct it and run the file again.",
              reasons.text()));
    }
  }
}
