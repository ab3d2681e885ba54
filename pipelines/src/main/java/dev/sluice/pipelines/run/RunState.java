package dev.sluice.pipelines.run;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  /** Its process lives. */
  RUNNING,
  /** All stages are done. */
  SUCCEEDED,
  /** A stage failed. */
  FAILED,
  /** It was stopped, or its process is gone; the next run resumes it. */
  INTERRUPTED,
  /** A budget stopped it. */
  OVER_BUDGET;

  /** The name that people and scripts see. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunState of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
