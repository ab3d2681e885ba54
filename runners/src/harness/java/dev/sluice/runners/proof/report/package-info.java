/** Writes the tables, the plot and the page of the proof from what was measured. */
@NullMarked
package dev.sluice.runners.proof.report;

import org.jspecify.annotations.NullMarked;
