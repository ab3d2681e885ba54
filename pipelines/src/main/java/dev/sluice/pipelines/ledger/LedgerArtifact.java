package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.store.Attempt;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;

/**
 * A committed attempt at an artifact, as its manifest tells it. A rerun adds one; none replaces
 * another.
 *
 * @param type type of the stage
 * @param fingerprint fingerprint of the stage
 * @param attempt name of the attempt
 * @param stage name of the stage in the file that made it
 * @param digest digest of all its tables and its model
 * @param rowCount rows of its primary table; 1 if that is a model
 * @param tableBytes length of the files of its tables
 * @param referenceFree whether no label or reward rests on a reference or a grading program
 * @param started when the attempt began, as an ISO instant in UTC
 * @param finished when it was committed, as an ISO instant in UTC
 * @param seconds how long it worked
 */
public record LedgerArtifact(
    String type,
    String fingerprint,
    String attempt,
    String stage,
    String digest,
    long rowCount,
    long tableBytes,
    boolean referenceFree,
    String started,
    String finished,
    double seconds) {

  static LedgerArtifact of(Manifest manifest) {
    return new LedgerArtifact(
        manifest.stageType(),
        manifest.fingerprint(),
        manifest.attempt(),
        manifest.stage(),
        manifest.digest(),
        manifest.rows(),
        manifest.shards().stream().mapToLong(ShardFile::bytes).sum(),
        manifest.referenceFree(),
        manifest.started(),
        manifest.finished(),
        manifest.seconds());
  }

  Attempt key() {
    return new Attempt(type, fingerprint, attempt);
  }
}
