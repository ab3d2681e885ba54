/**
 * Rows of datasets that others publish, and of those that an export writes: what each shape of row
 * says of problems, solutions, labels and preferences.
 */
@NullMarked
package dev.sluice.stages.dataset;

import org.jspecify.annotations.NullMarked;
