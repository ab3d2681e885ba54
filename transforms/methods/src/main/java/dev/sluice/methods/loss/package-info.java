/** What the update of a policy minimises, as functions of log-probabilities. */
@NullMarked
package dev.sluice.methods.loss;

import org.jspecify.annotations.NullMarked;
