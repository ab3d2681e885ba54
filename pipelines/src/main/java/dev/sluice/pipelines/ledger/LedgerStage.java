package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Attempt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one stage of a run did, as the run's report tells it.
 *
 * @param runId the run
 * @param ordinal place in the file, from 0
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param state where the stage stands
 * @param fingerprint the stage's fingerprint; null while an input has yet to run
 * @param attempt the attempt at the artifact that the run uses; null until it is committed
 * @param rowsIn rows that it read
 * @param rowsExpected rows that it was to write
 * @param rowsOut rows that it wrote
 * @param rowsDead rows that became dead letters
 * @param rowsUnparsed rows among those written whose reply could not be parsed
 * @param shards units of work that it is made of
 * @param shardsReused those among them that were finished before
 * @param calls calls to models
 * @param callsFromCache those among them that a cache answered
 * @param promptTokens tokens that models read
 * @param completionTokens tokens that models wrote
 * @param costUsd what the calls cost
 * @param seconds how long it took in this run
 * @param error why it failed; null if it did not
 */
public record LedgerStage(
    String runId,
    int ordinal,
    String name,
    String type,
    String state,
    @Nullable String fingerprint,
    @Nullable String attempt,
    long rowsIn,
    long rowsExpected,
    long rowsOut,
    long rowsDead,
    long rowsUnparsed,
    int shards,
    int shardsReused,
    long calls,
    long callsFromCache,
    long promptTokens,
    long completionTokens,
    double costUsd,
    double seconds,
    @Nullable String error) {

  static List<LedgerStage> of(String runId, List<StageReport> reports) {
    List<LedgerStage> stages = new ArrayList<>();
    for (StageReport report : reports) {
      stages.add(of(runId, stages.size(), report));
    }
    return stages;
  }

  private static LedgerStage of(String runId, int ordinal, StageReport stage) {
    return new LedgerStage(
        runId,
        ordinal,
        stage.name(),
        stage.type(),
        stage.state().label(),
        stage.fingerprint(),
        stage.attempt().map(Attempt::name).orElse(null),
        stage.counts().in(),
        stage.counts().expected(),
        stage.counts().out(),
        stage.counts().dead(),
        stage.counts().unparsed(),
        stage.shards(),
        stage.shardsReused(),
        stage.usage().calls(),
        stage.usage().callsFromCache(),
        stage.usage().promptTokens(),
        stage.usage().completionTokens(),
        stage.usage().costUsd(),
        stage.seconds(),
        stage.error());
  }
}
