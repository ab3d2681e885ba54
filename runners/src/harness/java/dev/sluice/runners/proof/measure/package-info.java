/** Measures finished runs over seeds: accuracies, judge rates, estimates with their intervals. */
@NullMarked
package dev.sluice.runners.proof.measure;

import org.jspecify.annotations.NullMarked;
