package dev.sluice.models.provider;

import dev.sluice.records.manifest.FileHashes;
import java.util.List;

/**
 * An entry under {@code models} of a pipeline file, as its provider sees it.
 *
 * @param name what the file calls the model, for messages
 * @param keys the provider and its keys as sorted JSON, without tuning keys, paths and what has its
 *     default value; a text from the environment is {@code ${NAME}}
 * @param paths the files and directories that its keys name, in order
 * @param files hashes of files, kept while a file is planned
 */
public record ModelEntry(String name, String keys, List<String> paths, FileHashes files) {

  public ModelEntry {
    paths = List.copyOf(paths);
  }
}
