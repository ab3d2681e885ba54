/** Shapes of rewards. */
@NullMarked
package dev.sluice.methods.shaping;

import org.jspecify.annotations.NullMarked;
