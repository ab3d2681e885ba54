/** The mathematics of an evaluation: accuracies, F1 of the first error, intervals, alarms. */
@NullMarked
package dev.sluice.stages.evaluation;

import org.jspecify.annotations.NullMarked;
