package dev.sluice.pipelines.plan;

import dev.sluice.models.ModelException;
import dev.sluice.models.provider.ModelEntry;
import dev.sluice.models.provider.ModelIdentity;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.FileHashes;
import java.nio.file.Path;
import java.util.List;

/**
 * What the things outside a pipeline hold, as hashes: files by their bytes, models by what their
 * providers say. Kept by path, size and time for as long as this object lives.
 */
public final class ContentHasher {
  private final FileHashes files = new FileHashes();

  /** SHA-256 of a file's bytes. */
  public String ofFile(String path) {
    return files.of(Path.of(path));
  }

  /** SHA-256 of a jar, or of the classes in a directory. */
  String ofJar(Path jar) {
    return files.ofTree(jar);
  }

  /**
   * The model behind an entry of the file.
   *
   * @throws ModelException if it is missing or damaged
   */
  public ModelReference ofModel(PipelineSpec.Model model) {
    return of(
        model.provider(), new ModelEntry(model.name(), model.decisive(), model.paths(), files));
  }

  /**
   * A model that no file describes.
   *
   * @param name what it is called, for messages
   * @throws ModelException if it is missing or damaged
   */
  public ModelReference ofModel(String name, ModelProvider provider) {
    return of(provider, new ModelEntry(name, "", List.of(), files));
  }

  private static ModelReference of(ModelProvider provider, ModelEntry entry) {
    ModelIdentity identity = provider.identity(entry);
    int version = provider.version();
    return new ModelReference(
        provider,
        version == 1
            ? identity
            : new ModelIdentity(
                identity.location(), Hashes.hex(identity.revision(), "version", version)));
  }
}
