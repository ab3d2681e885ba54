package dev.sluice.pipelines.run;

import dev.sluice.records.ModelFolder;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A model that a stage uses, as it travels to a worker.
 *
 * @param provider the provider's name, such as {@code djl}
 * @param location where the provider finds it: a path, or {@code builtin:NAME}
 * @param revision content hash of a local model, or the revision that the file gives
 * @param made the model as the stage that made it lists it; null for one from elsewhere
 */
public record ModelReference(
    String provider, String location, String revision, @Nullable ModelFolder made)
    implements Serializable {

  /** A model that no stage made. */
  public ModelReference(String provider, String location, String revision) {
    this(provider, location, revision, null);
  }
}
