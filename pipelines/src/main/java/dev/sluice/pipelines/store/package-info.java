/**
 * The workspace on disk: artifacts with their manifests, finished units of work, and checkpoints.
 * The format is stated in {@code docs/spec/artifacts.md}.
 */
@NullMarked
package dev.sluice.pipelines.store;

import org.jspecify.annotations.NullMarked;
