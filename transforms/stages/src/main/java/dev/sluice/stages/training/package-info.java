/** Training from examples, and the loop that all training stages share. */
@NullMarked
package dev.sluice.stages.training;

import org.jspecify.annotations.NullMarked;
