/** Ballots, rollouts and judges that tests of methods are written with. */
@NullMarked
package dev.sluice.methods.testing;

import org.jspecify.annotations.NullMarked;
