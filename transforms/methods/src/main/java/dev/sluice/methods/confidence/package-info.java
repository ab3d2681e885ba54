/** Rewards from what models hold likely, without a judge. */
@NullMarked
package dev.sluice.methods.confidence;

import org.jspecify.annotations.NullMarked;
