/** Problems that are kept out: those of a benchmark, and those that repeat an earlier one. */
@NullMarked
package dev.sluice.stages.filtering;

import org.jspecify.annotations.NullMarked;
