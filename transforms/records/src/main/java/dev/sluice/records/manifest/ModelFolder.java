package dev.sluice.records.manifest;

import java.io.Serializable;
import java.util.Map;

/**
 * A folder of files, as a manifest lists it: a model directory, or the dataset of an export.
 *
 * @param path place of the folder, relative to the workspace
 * @param files sha256 of each file by its name, with slashes for one in a folder below
 * @param digest hash of tensor names, types, shapes and bytes, and of the tokenizer; of a dataset
 *     of what decides its rows
 */
public record ModelFolder(String path, Map<String, String> files, String digest)
    implements Serializable {

  /** The same model after its files are gone: what is left is which one it was. */
  public ModelFolder withoutFiles() {
    return new ModelFolder(path, Map.of(), digest);
  }

  /** Whether it is the dataset of an export and no model. */
  public boolean isDataset() {
    return files.containsKey("manifest.json");
  }

  /** Whether its files are gone. */
  public boolean gone() {
    return files.isEmpty();
  }
}
