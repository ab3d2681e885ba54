/** Losses that learn which of the responses to a problem is better. */
@NullMarked
package dev.sluice.methods.preference;

import org.jspecify.annotations.NullMarked;
