/** What changes from round to round of an update. */
@NullMarked
package dev.sluice.methods.round;

import org.jspecify.annotations.NullMarked;
