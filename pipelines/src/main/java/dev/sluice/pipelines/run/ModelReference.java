package dev.sluice.pipelines.run;

import dev.sluice.models.DjlSpec;
import dev.sluice.models.ModelSpec;
import dev.sluice.models.OnnxSpec;
import dev.sluice.models.OpenAiSpec;
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
 * @param spec how it is used; null for the usual way of its provider
 */
public record ModelReference(
    String provider,
    String location,
    String revision,
    @Nullable ModelFolder made,
    @Nullable ModelSpec spec)
    implements Serializable {

  /** A model that no stage made. */
  public ModelReference(String provider, String location, String revision) {
    this(provider, location, revision, null, null);
  }

  /** A model that a stage made, or none did. */
  public ModelReference(
      String provider, String location, String revision, @Nullable ModelFolder made) {
    this(provider, location, revision, made, null);
  }

  /** A model behind a server. */
  public static ModelReference behind(OpenAiSpec server) {
    return new ModelReference(OpenAiSpec.PROVIDER, server.model(), server.identity(), null, server);
  }

  /**
   * A sentence encoder.
   *
   * @param location a path or {@code builtin:NAME}
   * @param content its content hash
   */
  public static ModelReference encoder(OnnxSpec spec, String location, String content) {
    return new ModelReference(OnnxSpec.PROVIDER, location, OnnxSpec.identity(content), null, spec);
  }

  /** A model in this process, used in a way of its own. */
  public ModelReference used(DjlSpec djl, String templates) {
    return new ModelReference(provider, location, djl.identity(revision, templates), made, djl);
  }

  /** How its server is asked; null for one in this process. */
  public @Nullable OpenAiSpec server() {
    return spec instanceof OpenAiSpec server ? server : null;
  }
}
