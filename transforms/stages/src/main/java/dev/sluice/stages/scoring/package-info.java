/** What a reward says of responses, whichever stage asks for it. */
@NullMarked
package dev.sluice.stages.scoring;

import org.jspecify.annotations.NullMarked;
