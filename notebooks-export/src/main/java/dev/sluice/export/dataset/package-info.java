/** Writes datasets: files of rows, card and manifest. */
@NullMarked
package dev.sluice.export.dataset;

import org.jspecify.annotations.NullMarked;
