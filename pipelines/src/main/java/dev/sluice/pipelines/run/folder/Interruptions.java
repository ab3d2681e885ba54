package dev.sluice.pipelines.run.folder;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one process knows of the runs that are asked to stop: one look serves all its workers. */
public final class Interruptions {
  private final Map<Path, Interruption> known = new ConcurrentHashMap<>();

  /** The interruption that a file asks for. */
  public Interruption of(Path stopFile) {
    return known.computeIfAbsent(stopFile.toAbsolutePath(), Interruption::new);
  }

  /** The run goes on: what asked it to stop no longer counts. */
  public void forget(Path stopFile) {
    known.remove(stopFile.toAbsolutePath());
  }
}
