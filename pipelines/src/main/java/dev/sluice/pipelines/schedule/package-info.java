/**
 * Schedules: when a pipeline file is due, and what becomes of each fire. The daemon that calls this
 * is in the runners; rules are stated in {@code docs/spec/schedules.md}.
 */
@NullMarked
package dev.sluice.pipelines.schedule;

import org.jspecify.annotations.NullMarked;
