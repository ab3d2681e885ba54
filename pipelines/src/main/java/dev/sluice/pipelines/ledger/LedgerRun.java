package dev.sluice.pipelines.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run, as its folder tells it.
 *
 * @param runId the run's id
 * @param pipeline the name that the pipeline gives itself; empty if the folder does not say
 * @param file the pipeline file, as it was named
 * @param state where the run stands
 * @param referenceFree whether no label or reward of it rests on a reference or a grading program
 * @param started when it began, as an ISO instant in UTC
 * @param seconds how long it took
 * @param host the machine that it runs or ran on
 * @param pid its process there
 * @param heartbeat when it last said that it lives, as an ISO instant in UTC
 * @param filesChanged {@link RunFolder#changed}, by which a newer folder is told from this row
 */
public record LedgerRun(
    String runId,
    String pipeline,
    String file,
    String state,
    boolean referenceFree,
    String started,
    double seconds,
    String host,
    long pid,
    String heartbeat,
    long filesChanged) {

  /** A run with its stages, in the order of the file. */
  public record WithStages(LedgerRun run, List<LedgerStage> stages) {
    public WithStages {
      stages = List.copyOf(stages);
    }
  }

  /** What a run's folder says now. */
  public static WithStages read(RunFolder folder) {
    // Read first: if the files change meanwhile, the row looks old and is read again.
    long changed = folder.changed();
    JsonNode status = folder.status();
    RunReport report = folder.report();
    LedgerRun run =
        new LedgerRun(
            folder.id(),
            folder.pipeline(),
            status.path("file").asText(),
            (report == null ? folder.state() : report.state()).label(),
            report != null && report.referenceFree(),
            status.path("started").asText(),
            report == null ? 0 : report.seconds(),
            status.path("host").asText(),
            status.path("pid").asLong(),
            status.path("heartbeat").asText(),
            changed);
    return new WithStages(run, stages(folder.id(), report));
  }

  private static List<LedgerStage> stages(String runId, @Nullable RunReport report) {
    return report == null ? List.of() : LedgerStage.of(runId, report.stages());
  }

  /** Whether it was at work when this was read. */
  boolean running() {
    return state.equals(RunState.RUNNING.label());
  }
}
