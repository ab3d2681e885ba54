package dev.sluice.records.manifest;

import java.io.Serializable;
import java.util.Map;

/**
 * A model directory, as a manifest lists it.
 *
 * @param path place of the folder, relative to the workspace
 * @param files sha256 of each file by its name, with slashes for one in a folder below
 * @param digest hash of tensor names, types, shapes and bytes, and of the tokenizer
 */
public record ModelFolder(String path, Map<String, String> files, String digest)
    implements Serializable {

  /** The same model after its files are gone: what is left is which one it was. */
  public ModelFolder withoutFiles() {
    return new ModelFolder(path, Map.of(), digest);
  }

  /** Whether its files are gone. */
  public boolean gone() {
    return files.isEmpty();
  }
}
