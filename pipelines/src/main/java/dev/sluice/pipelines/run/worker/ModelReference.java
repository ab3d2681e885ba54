package dev.sluice.pipelines.run.worker;

import dev.sluice.models.provider.DjlSpec;
import dev.sluice.models.provider.ModelIdentity;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.records.manifest.ModelFolder;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that a stage uses, as it travels to a worker.
 *
 * @param provider opens it
 * @param identity which model it is
 * @param made the model as the stage that made it lists it; null for one from elsewhere
 */
public record ModelReference(
    ModelProvider provider, ModelIdentity identity, @Nullable ModelFolder made)
    implements Serializable {

  /** A model that no stage made. */
  public ModelReference(ModelProvider provider, ModelIdentity identity) {
    this(provider, identity, null);
  }

  /** A model that a stage made, in a directory; used in the usual way. */
  public static ModelReference made(Path folder, ModelFolder made) {
    String location = folder.toString();
    return new ModelReference(
        DjlSpec.usual(location), new ModelIdentity(location, made.digest()), made);
  }

  /** Where its provider finds it; messages name it. */
  public String location() {
    return identity.location();
  }

  /** What its rows depend on. */
  public String revision() {
    return identity.revision();
  }
}
