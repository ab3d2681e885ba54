@NullMarked
package dev.sluice.methods.reward.rule;

import org.jspecify.annotations.NullMarked;
