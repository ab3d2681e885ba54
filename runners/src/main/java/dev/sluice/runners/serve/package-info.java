/**
 * The daemon: runs of schedules as child processes, its loop, and the pages that say how it is.
 * What is due and what becomes of it is decided in {@code dev.sluice.pipelines.schedule}.
 */
@NullMarked
package dev.sluice.runners.serve;

import org.jspecify.annotations.NullMarked;
