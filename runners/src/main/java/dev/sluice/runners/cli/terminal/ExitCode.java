package dev.sluice.runners.cli.terminal;

import dev.sluice.pipelines.run.folder.RunState;

/** Exit codes that scripts rely on. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** A run failed, or damage was found. */
  public static final int FAILED = 1;

  /** A mistake in the file or the arguments, a model that does not fit included. */
  public static final int MISTAKE = 2;

  /** Interrupted; the next run resumes. */
  public static final int INTERRUPTED = 3;

  /** Stopped by a budget. */
  public static final int OVER_BUDGET = 4;

  private ExitCode() {}

  public static int of(RunState state) {
    return switch (state) {
      case SUCCEEDED, RUNNING -> DONE;
      case FAILED -> FAILED;
      case INTERRUPTED -> INTERRUPTED;
      case OVER_BUDGET -> OVER_BUDGET;
    };
  }
}
