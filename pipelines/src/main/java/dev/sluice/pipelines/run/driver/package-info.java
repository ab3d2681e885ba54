/**
 * Runs the stages of a plan: units, waves of jobs, budget, progress, and the commit of each
 * artifact.
 */
@NullMarked
package dev.sluice.pipelines.run.driver;

import org.jspecify.annotations.NullMarked;
