/** Judges: what is asked, and what votes say. */
@NullMarked
package dev.sluice.methods.verification;

import org.jspecify.annotations.NullMarked;
