package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.records.RowFilter;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.RetriedRows;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a row of an attempt that asked some rows again is one of them.
 *
 * @param asked whether it was asked again; else it was taken over
 * @param text the same as a line
 */
record RowOrigin(boolean asked, String text) {
  /** How votes of programs, which nobody is asked for again, name what wrote them. */
  private static final String PROGRAM = "program:";

  /** Empty if all rows of the attempt are its own, or the attempt before it is gone. */
  static Optional<RowOrigin> of(ArtifactStore store, Lineage.Link link) {
    Manifest manifest = link.artifact().manifest();
    RetriedRows again = manifest.askedAgain();
    if (again == null || again.attempt() == null || !link.table().equals(manifest.table())) {
      return Optional.empty();
    }
    Attempt before = new Attempt(manifest.stageType(), manifest.fingerprint(), again.attempt());
    return store.committed(before).map(artifact -> of(store, link, again, artifact));
  }

  private static RowOrigin of(
      ArtifactStore store, Lineage.Link link, RetriedRows again, Artifact before) {
    Map<String, @Nullable Object> row = new Lineage(store).row(before, link.table(), link.id());
    String name = before.attempt().name();
    if (row == null) {
      return new RowOrigin(true, "asked again: it was a dead letter in the attempt " + name);
    }
    String where = again.where();
    if (where != null && !program(row) && RowFilter.of(where).test(row)) {
      return new RowOrigin(
          true, "asked again: in the attempt %s it satisfied %s".formatted(name, where));
    }
    return new RowOrigin(false, "copied from the attempt " + name);
  }

  private static boolean program(Map<String, @Nullable Object> row) {
    return row.get("model") instanceof String text && text.startsWith(PROGRAM);
  }
}
