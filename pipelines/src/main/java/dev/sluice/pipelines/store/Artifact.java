package dev.sluice.pipelines.store;

import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.util.List;
import java.util.Optional;

/**
 * A committed artifact.
 *
 * @param workspace the workspace, in which the paths in the manifest are
 * @param manifest what it is made of
 */
public record Artifact(Workspace workspace, Manifest manifest) {

  /** The folder of its attempt. */
  public WorkspacePath folder() {
    return workspace.file(attempt().folder());
  }

  /** Digest of all its tables and its model. */
  public String digest() {
    return manifest.digest();
  }

  /** Number of rows of its primary table; 1 if that is a model. */
  public long rows() {
    return manifest.rows();
  }

  /** The files of a table, in order. */
  public List<ShardFile> shards(String table) {
    return manifest.shards(table);
  }

  /** The model that it holds. */
  public Optional<ModelFolder> model() {
    return Optional.ofNullable(manifest.model());
  }

  /** The attempt that it is. */
  public Attempt attempt() {
    return new Attempt(manifest.stageType(), manifest.fingerprint(), manifest.attempt());
  }

  /** As the input of a later stage. */
  public Manifest.Input input(String table) {
    return new Manifest.Input(
        manifest.stageType(),
        manifest.fingerprint(),
        manifest.attempt(),
        table,
        manifest.digest(table));
  }
}
