/** Rewards of responses. */
@NullMarked
package dev.sluice.methods.reward;

import org.jspecify.annotations.NullMarked;
