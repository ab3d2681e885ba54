package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.folder.RunIds;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the work is done. */
final class EngineOptions {
  /** Engines that a person may name. */
  enum Runner {
    /** Flink: embedded, or the cluster of {@code --flink-master}. */
    flink,
    /** Beam's direct runner: for tests. */
    direct
  }

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Maximum number of units processed in parallel (default: one per core or slot).")
  private int parallelism;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description = "Run on this Flink cluster instead of in this process.")
  private @Nullable String flinkMaster;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      description = "flink or direct (slow; for tests). Default: flink.")
  private Runner runner = Runner.flink;

  @Option(
      names = "--decode-batch",
      paramLabel = "N",
      description =
          "Maximum number of rows that a local model decodes in one batch. Affects speed and memory, never results (default: 256).")
  private @Nullable Integer decodeBatch;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      hidden = true,
      description = "The id of the run; a daemon that starts runs gives them theirs.")
  private @Nullable String runId;

  /** Whether somebody gave the run its id. */
  boolean hasRunId() {
    return runId != null;
  }

  /**
   * The id that the run gets.
   *
   * @param clock the workspace's
   */
  String runId(Clock clock) {
    if (runId == null) {
      return RunIds.next(clock);
    }
    if (!runId.matches("[0-9a-z-]{8,64}")) {
      throw new UserMistake(
          "--run-id is made of digits, letters and '-', not '%s'.".formatted(runId));
    }
    return runId;
  }

  @Option(
      names = "--no-cache",
      description = "Disable the response cache: every request goes to its server.")
  private boolean noCache;

  /** Whether replies of servers are kept and found again. */
  boolean keepsReplies() {
    return !noCache;
  }

  /** The models, decoding as many rows at once as was asked for. */
  ModelHost models(ModelHost models) {
    if (decodeBatch == null) {
      return models;
    }
    if (decodeBatch < 1) {
      throw new UserMistake("--decode-batch is at least 1, not %d.".formatted(decodeBatch));
    }
    return models.decoding(decodeBatch);
  }

  int parallelism() {
    if (parallelism < 0) {
      throw new UserMistake("--parallelism is at least 1, not %d.".formatted(parallelism));
    }
    return parallelism;
  }

  @Nullable String flinkMaster() {
    return flinkMaster;
  }

  Runner runner() {
    if (runner == Runner.direct && flinkMaster != null) {
      throw new UserMistake("--flink-master needs --runner flink.");
    }
    return runner;
  }
}
