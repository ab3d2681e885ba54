/** Tests of policy losses. */
@NullMarked
package dev.sluice.methods.loss;

import org.jspecify.annotations.NullMarked;
