package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.file.StageSpec;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.run.worker.RetryRule;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.RowFilter;
import dev.sluice.runners.cli.terminal.UserMistake;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.Stage;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a stage that {@code rerun --where} asks again.
 *
 * @param chosen how many
 * @param of rows of the stage's table
 */
record ChosenRows(long chosen, long of) {

  /**
   * Counts them in the newest artifact of the stage.
   *
   * @param run id of the run, for messages
   * @throws UserMistake if no row of the stage can be asked again alone
   */
  static ChosenRows count(
      ArtifactStore store, Plan plan, StageSpec step, String run, String where) {
    if (where.isBlank()) {
      throw new UserMistake(
          "--where is empty; it takes a condition such as \"parsed = false\". Without --where the whole stage runs again.");
    }
    RowFilter.of(where);
    Stage stage = step.stage();
    if (!(stage instanceof ShardStage rows) || rows.askedRows().isEmpty()) {
      throw new UserMistake(
          "The stage '%s' (%s) asks no model for one row at a time, so none of its rows can be asked again alone; 'sluice rerun %s --stage %s' runs all of it again."
              .formatted(step.name(), step.type().name(), run, step.name()));
    }
    Artifact artifact = artifact(store, plan, step, run);
    RetryRule rule = new RetryRule(Objects.requireNonNull(artifact.manifest().table()), where);
    long chosen =
        artifact.manifest().shards(rule.table()).stream()
            .mapToLong(shard -> rule.asked(store, stage, shard))
            .sum();
    return new ChosenRows(chosen, artifact.manifest().rows());
  }

  private static Artifact artifact(ArtifactStore store, Plan plan, StageSpec step, String run) {
    PlannedStage planned = planned(plan, step.name());
    String fingerprint = planned == null ? null : planned.fingerprint();
    return (fingerprint == null
            ? Optional.<Artifact>empty()
            : store.find(step.type().name(), fingerprint))
        .orElseThrow(
            () ->
                new UserMistake(
                    "The stage '%s' of the run %s has no finished rows to choose from (%s); 'sluice resume %s', or 'sluice run' with its file, makes them first."
                        .formatted(
                            step.name(),
                            run,
                            planned == null ? "the run left it out" : planned.reason(),
                            run)));
  }

  private static @Nullable PlannedStage planned(Plan plan, String stage) {
    for (PlannedStage each : plan.stages()) {
      if (each.name().equals(stage)) {
        return each;
      }
    }
    return null;
  }
}
