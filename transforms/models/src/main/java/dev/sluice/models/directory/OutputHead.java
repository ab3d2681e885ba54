package dev.sluice.models.directory;

import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output matrix of a directory whose {@code config.json} says that it is the embedding, and
 * whose weights hold another one: the weights count, as in transformers 5, since a training that
 * untied the two and left the flag is common, and the reverse is not.
 */
final class OutputHead {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String OUTPUT = "lm_head.weight";

  private static final Logger LOG = LoggerFactory.getLogger(OutputHead.class);

  /** What there is to say of folders, by their weight files, sizes and times. */
  private static final Map<String, Optional<String>> KNOWN = new ConcurrentHashMap<>();

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
        : KNOWN.computeIfAbsent(stamp(folder), unused -> differing(folder));
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
    String warning =
        "%s: config.json says tie_word_embeddings: true, but %s differs from %s. The head in the file is kept, as transformers 5 does; set tie_word_embeddings to false to say so, or remove the tensor if the embedding is meant."
            .formatted(files.file(OUTPUT), OUTPUT, EMBEDDING);
    LOG.warn(warning);
    return Optional.of(warning);
  }

  private static String stamp(Path folder) {
    StringBuilder stamp = new StringBuilder(folder.toAbsolutePath().toString());
    List<Path> names;
    try {
      names = WeightFiles.names(folder);
    } catch (ModelException e) {
      return stamp.toString();
    }
    for (Path file : names) {
      try {
        stamp.append('|').append(Files.size(file));
        stamp.append('|').append(Files.getLastModifiedTime(file));
      } catch (IOException e) {
        stamp.append("|missing");
      }
    }
    return stamp.toString();
  }
}
