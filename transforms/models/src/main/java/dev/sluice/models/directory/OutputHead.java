package dev.sluice.models.directory;

import dev.sluice.models.ModelException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The output matrix of a directory whose {@code config.json} says that it is the embedding, and
 * whose weights hold another one: the weights count, as in transformers 5, since a training that
 * untied the two and left the flag is common, and the reverse is not.
 */
final class OutputHead {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String OUTPUT = "lm_head.weight";

  private OutputHead() {}

  /**
   * The configuration that the weights of a folder ask for.
   *
   * @param config as {@code config.json} has it
   */
  static ModelConfig kept(Path folder, ModelConfig config) {
    if (config.head() != Head.LANGUAGE_MODEL || !config.tieWordEmbeddings()) {
      return config;
    }
    return warning(folder, config).isEmpty() ? config : config.untied();
  }

  /**
   * What a person should know of the head in a folder; empty if nothing.
   *
   * @param config as {@code config.json} has it
   */
  static Optional<String> warning(Path folder, ModelConfig config) {
    return config.head() != Head.LANGUAGE_MODEL || !config.tieWordEmbeddings()
        ? Optional.empty()
        : differing(folder);
  }

  private static Optional<String> differing(Path folder) {
    WeightFiles files;
    try {
      files = WeightFiles.of(folder);
    } catch (ModelException e) {
      return Optional.empty(); // Whoever needs the weights is told what is wrong with them.
    }
    if (!files.has(OUTPUT) || !files.has(EMBEDDING) || files.equal(EMBEDDING, OUTPUT)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: config.json says tie_word_embeddings: true, but %s differs from %s. The head in the file is kept, as transformers 5 does; set tie_word_embeddings to false to say so, or remove the tensor if the embedding is meant."
            .formatted(files.file(OUTPUT), OUTPUT, EMBEDDING));
  }
}
