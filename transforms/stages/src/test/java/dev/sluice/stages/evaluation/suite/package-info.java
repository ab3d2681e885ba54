/** Tests of the suites after published benchmarks. */
@NullMarked
package dev.sluice.stages.evaluation.suite;

import org.jspecify.annotations.NullMarked;
