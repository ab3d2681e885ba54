package dev.sluice.models.directory;

import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** Whether folders have a head of their own, by their weight files, sizes and times. */
  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

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
    String stamp = stamp(folder);
    return KNOWN.computeIfAbsent(stamp, unused -> differs(folder)) ? config.untied() : config;
  }

  private static boolean differs(Path folder) {
    WeightFiles files;
    try {
      files = WeightFiles.of(folder);
    } catch (ModelException e) {
      return false; // Whoever needs the weights is told what is wrong with them.
    }
    if (!files.has(OUTPUT) || !files.has(EMBEDDING) || files.equal(EMBEDDING, OUTPUT)) {
      return false;
    }
    LOG.warn(
        "{}: config.json says tie_word_embeddings: true, but {} differs from {}. The head in the file is kept, as transformers 5 does; set tie_word_embeddings to false to say so, or remove the tensor if the embedding is meant.",
        files.file(OUTPUT),
        OUTPUT,
        EMBEDDING);
    return true;
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
