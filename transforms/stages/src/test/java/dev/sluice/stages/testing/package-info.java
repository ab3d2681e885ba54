/**
 * A host for stages in one process: a driver and a context over temporary Parquet files, models by
 * script, and a trainer whose weights are a hash of what it was shown.
 */
@NullMarked
package dev.sluice.stages.testing;

import org.jspecify.annotations.NullMarked;
