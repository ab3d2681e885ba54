/** The mathematics of a policy update: rewards from verdicts, shaping, advantages. */
@NullMarked
package dev.sluice.stages.policy;

import org.jspecify.annotations.NullMarked;
