package dev.sluice.pipelines.plan;

import java.util.Map;

/** One stage of a plan. */
public interface PlannedStage {

  /** What the plan says about it before anything runs. */
  StageForecast forecast();

  /**
   * The stage once all that it reads is committed: with its inputs, models and fingerprint.
   *
   * @param earlier the stages before it in this run, by name
   */
  StageTask task(Map<String, CommittedStage> earlier);
}
