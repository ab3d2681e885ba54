package dev.sluice.runners.cli;

import dev.sluice.pipelines.run.RunState;

/** Exit codes that scripts rely on. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** A run failed, or damage was found. */
  static final int FAILED = 1;

  /** A mistake in the file or the arguments, a model that does not fit included. */
  static final int MISTAKE = 2;

  /** Interrupted; the next run resumes. */
  static final int INTERRUPTED = 3;

  /** Stopped by a budget. */
  static final int OVER_BUDGET = 4;

  private ExitCode() {}

  static int of(RunState state) {
    return switch (state) {
      case SUCCEEDED, RUNNING -> DONE;
      case FAILED -> FAILED;
      case INTERRUPTED -> INTERRUPTED;
      case OVER_BUDGET -> OVER_BUDGET;
    };
  }
}
