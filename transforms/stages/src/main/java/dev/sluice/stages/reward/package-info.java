/** Reward models: the examples they learn from, and their training. */
@NullMarked
package dev.sluice.stages.reward;

import org.jspecify.annotations.NullMarked;
