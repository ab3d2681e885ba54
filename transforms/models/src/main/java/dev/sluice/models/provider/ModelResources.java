package dev.sluice.models.provider;

import dev.sluice.models.djl.decode.LoadedModels;
import dev.sluice.models.onnx.LoadedEncoders;
import dev.sluice.models.openai.OpenAiModels;
import org.jspecify.annotations.Nullable;

/**
 * What the models of one process share: weights in memory, and connections to servers. Each is made
 * when it is first asked for, since native engines take seconds to load.
 */
public final class ModelResources implements AutoCloseable {
  private @Nullable LoadedModels directories;
  private @Nullable LoadedEncoders encoders;
  private @Nullable OpenAiModels servers;

  /** Models of directories in memory. */
  public synchronized LoadedModels directories() {
    LoadedModels known = directories;
    if (known == null) {
      known = LoadedModels.forStages();
      directories = known;
    }
    return known;
  }

  /** Sentence encoders in memory. */
  public synchronized LoadedEncoders encoders() {
    LoadedEncoders known = encoders;
    if (known == null) {
      known = LoadedEncoders.forStages();
      encoders = known;
    }
    return known;
  }

  /** Models behind servers. */
  public synchronized OpenAiModels servers() {
    OpenAiModels known = servers;
    if (known == null) {
      known = new OpenAiModels();
      servers = known;
    }
    return known;
  }

  /** Ends connections and frees the models that nobody uses. */
  @Override
  public synchronized void close() {
    if (servers != null) {
      servers.close();
      servers = null;
    }
    if (encoders != null) {
      encoders.close();
      encoders = null;
    }
    if (directories != null) {
      directories.close();
      directories = null;
    }
  }
}
