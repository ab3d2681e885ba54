/** Selects stored solutions by a reward: rejection sampling, best-of-n, pairs, pass rates. */
@NullMarked
package dev.sluice.stages.selection;

import org.jspecify.annotations.NullMarked;
