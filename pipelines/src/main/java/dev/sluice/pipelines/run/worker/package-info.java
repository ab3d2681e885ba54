/** Runs the units of a stage on a worker: opens models, meters calls, writes rows. */
@NullMarked
package dev.sluice.pipelines.run.worker;

import org.jspecify.annotations.NullMarked;
