/** What will run, and why: fingerprints over contents, and the plan of a pipeline. */
@NullMarked
package dev.sluice.pipelines.plan;

import org.jspecify.annotations.NullMarked;
