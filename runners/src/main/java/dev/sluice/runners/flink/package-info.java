/** Runs Beam jobs on Flink: embedded in this process, or on a cluster. */
@NullMarked
package dev.sluice.runners.flink;

import org.jspecify.annotations.NullMarked;
