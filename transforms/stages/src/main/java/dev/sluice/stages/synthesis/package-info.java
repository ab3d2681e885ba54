/** Problems and solutions: drawn, sampled from a model, or read from files. */
@NullMarked
package dev.sluice.stages.synthesis;

import org.jspecify.annotations.NullMarked;
