/** Votes on solutions, by a model or by a program. */
@NullMarked
package dev.sluice.stages.verification;

import org.jspecify.annotations.NullMarked;
