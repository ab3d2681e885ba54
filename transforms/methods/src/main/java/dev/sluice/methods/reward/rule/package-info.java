/** Rewards by rule: no model is asked. */
@NullMarked
package dev.sluice.methods.reward.rule;

import org.jspecify.annotations.NullMarked;
