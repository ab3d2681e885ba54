/** Solutions in plain text: their steps, their final answers, and when two answers are the same. */
@NullMarked
package dev.sluice.methods.text;

import org.jspecify.annotations.NullMarked;
