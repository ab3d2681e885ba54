package dev.sluice.pipelines.run.folder;

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

  /**
   * The state of that name; a word that is none comes from a spoilt file, of a run that is over.
   */
  static RunState of(String label) {
    for (RunState state : values()) {
      if (state.label().equals(label)) {
        return state;
      }
    }
    return INTERRUPTED;
  }
}
