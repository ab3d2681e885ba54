/** Runs Beam jobs on the direct runner, which checks more and is slow: for tests. */
@NullMarked
package dev.sluice.runners.direct;

import org.jspecify.annotations.NullMarked;
