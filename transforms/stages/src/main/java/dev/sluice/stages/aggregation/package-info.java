/**
 * What the votes on a solution add up to: step majority, outcome majority, soft labels
 * (self-consistency over verdict vectors, SPARK stepwise, arXiv 2512.03244).
 */
@NullMarked
package dev.sluice.stages.aggregation;

import org.jspecify.annotations.NullMarked;
