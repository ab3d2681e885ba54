package dev.sluice.pipelines.plan;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.Usage;

/**
 * A stage whose artifact is there.
 *
 * @param name the stage's name in the file
 * @param artifact the artifact
 * @param spent what calls of this run used for it; the manifest has what all of them used
 */
public record CommittedStage(String name, Artifact artifact, Usage spent) {

  /** A stage whose artifact was there before this run. */
  public CommittedStage(String name, Artifact artifact) {
    this(name, artifact, Usage.NONE);
  }

  /** What the artifact is made of. */
  public Manifest manifest() {
    return artifact.manifest();
  }
}
