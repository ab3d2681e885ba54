/** Decontamination: which problems overlap with texts that a model is evaluated on. */
@NullMarked
package dev.sluice.export.screen;

import org.jspecify.annotations.NullMarked;
