/**
 * The pipeline file: from YAML text to a checked spec. Every mistake is collected with its place;
 * nothing is run. {@link dev.sluice.pipelines.file.PipelineFile} is the way in.
 */
@NullMarked
package dev.sluice.pipelines.file;

import org.jspecify.annotations.NullMarked;
