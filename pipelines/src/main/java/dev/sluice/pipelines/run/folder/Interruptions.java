package dev.sluice.pipelines.run.folder;

import dev.sluice.pipelines.store.WorkspacePath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one process knows of the runs that are asked to stop: one look serves all its workers. */
public final class Interruptions {
  private final Map<WorkspacePath, Interruption> known = new ConcurrentHashMap<>();

  /** The interruption that a file asks for. */
  public Interruption of(WorkspacePath stopFile) {
    return known.computeIfAbsent(stopFile, Interruption::new);
  }

  /** The run goes on: what asked it to stop no longer counts. */
  public void forget(WorkspacePath stopFile) {
    known.remove(stopFile);
  }
}
