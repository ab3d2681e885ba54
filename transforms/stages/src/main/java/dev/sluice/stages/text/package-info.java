/** Solutions in plain text: their steps, their final answers, and when two answers are the same. */
@NullMarked
package dev.sluice.stages.text;

import org.jspecify.annotations.NullMarked;
