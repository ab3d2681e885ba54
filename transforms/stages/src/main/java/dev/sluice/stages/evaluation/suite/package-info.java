/** Suites of Evaluate after published benchmarks and measures, with their formulas. */
@NullMarked
package dev.sluice.stages.evaluation.suite;

import org.jspecify.annotations.NullMarked;
