package dev.sluice.models.provider;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ServerAccess;
import dev.sluice.models.StepClassifier;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.Hashes;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry under {@code models} of a pipeline file: a record of its keys whose {@link Kind} is the
 * provider's name, and all that is to be known of its models. Travels to workers, so it holds no
 * secrets, only the names of the environment variables that do.
 *
 * <p>A provider that generates has {@link #open} to write; the rest has defaults. Whatever it opens
 * keeps what the interface of the model promises, above all that a row depends on its own request
 * and seed alone.
 */
@Port(value = "model provider", selector = "provider")
public interface ModelProvider extends Part {

  /** What its models can do, and where they compute. */
  default Set<Capability> capabilities() {
    return Set.of(Capability.GENERATES);
  }

  /**
   * Looks at what the entry names outside the file, without loading it and without asking a server.
   * The paths that its keys name are there and readable.
   */
  default List<ModelFinding> look() {
    return List.of();
  }

  /** The server that the model is behind; empty for one that is not. */
  default Optional<ServerAccess> server() {
    return Optional.empty();
  }

  /**
   * Which model answers. By default all keys decide that but tuning keys, and what the files and
   * directories hold that the keys name.
   *
   * @throws ModelException if the model is missing or damaged
   */
  default ModelIdentity identity(ModelEntry entry) {
    String keys = Hashes.hex(name(), entry.keys());
    if (entry.paths().isEmpty()) {
      return new ModelIdentity(entry.name(), keys);
    }
    List<Object> all = new ArrayList<>(List.of(keys));
    for (String path : entry.paths()) {
      // A colon is in no path that a file may name: builtin:NAME.
      all.add(path.contains(":") ? path : entry.files().ofTree(Path.of(path)));
    }
    return new ModelIdentity(entry.name(), Hashes.hex(all.toArray()));
  }

  /**
   * Opens a model that generates; the caller closes it.
   *
   * @throws ModelException if it cannot be opened, or does not generate
   */
  default LanguageModel open(OpenRequest request) {
    throw new ModelException(
        "The model '%s' of the provider '%s' generates no text. Name a model of another provider here."
            .formatted(request.model().location(), name()));
  }

  /**
   * Opens a model that turns texts into vectors; the caller closes it.
   *
   * @throws ModelException if it cannot be opened, or gives no vectors
   */
  default Embedder openEmbedder(OpenRequest request) {
    throw new ModelException(
        "The model '%s' generates text and gives no vectors. Name a model of the provider 'onnx' here."
            .formatted(request.model().location()));
  }

  /**
   * Opens a model with a step-classification head; the caller closes it.
   *
   * @throws ModelException if it cannot be opened, or does not classify
   */
  default StepClassifier openClassifier(OpenRequest request) {
    return request.runtime().openClassifier(folder(request));
  }

  /**
   * The directory of the model's weights on this machine, as on the Hub: training starts from it.
   *
   * @throws ModelException if there is none
   */
  default Path folder(OpenRequest request) {
    throw new ModelException(
        "The model '%s' of the provider '%s' has no weights here, so nothing can be trained or classified with it. Name a model of the provider 'djl'."
            .formatted(request.model().location(), name()));
  }

  /** What computes the model in this process; empty for one that computes elsewhere. */
  default Optional<Numerics> numerics(OpenRequest request) {
    return Optional.empty();
  }
}
