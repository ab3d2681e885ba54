/** The folder of a run: its report, progress, requests to stop, and their checks. */
@NullMarked
package dev.sluice.pipelines.run.folder;

import org.jspecify.annotations.NullMarked;
