package dev.sluice.pipelines.plan;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.records.manifest.Manifest;

/**
 * A stage whose artifact is there.
 *
 * @param name the stage's name in the file
 * @param artifact what it left
 */
public record CommittedStage(String name, Artifact artifact) {

  /** What the artifact is made of. */
  public Manifest manifest() {
    return artifact.manifest();
  }
}
