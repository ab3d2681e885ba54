package dev.sluice.pipelines.plan;

import dev.sluice.records.manifest.Manifest;
import java.nio.file.Path;

/**
 * A stage whose artifact is there.
 *
 * @param name the stage's name in the file
 * @param manifest what the artifact is made of
 * @param artifact absolute path of the artifact's folder
 */
public record CommittedStage(String name, Manifest manifest, Path artifact) {}
