/** Formats of training datasets, described by the records of their rows. */
@NullMarked
package dev.sluice.export.format;

import org.jspecify.annotations.NullMarked;
