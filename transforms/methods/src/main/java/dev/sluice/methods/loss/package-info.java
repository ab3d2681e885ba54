/** Policy losses: what the tokens of a response cost, with the derivative. */
@NullMarked
package dev.sluice.methods.loss;

import org.jspecify.annotations.NullMarked;
