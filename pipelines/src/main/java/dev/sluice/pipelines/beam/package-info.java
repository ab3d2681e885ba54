/**
 * Hosts stages in anybody's Beam pipeline: the function that a unit of a run calls on a shard is
 * called here on the rows of some problems. Rows in, rows and errors out; no workspace.
 */
@NullMarked
package dev.sluice.pipelines.beam;

import org.jspecify.annotations.NullMarked;
