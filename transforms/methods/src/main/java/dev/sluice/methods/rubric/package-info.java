/** Rubrics: criteria, and what a solution scores by them. */
@NullMarked
package dev.sluice.methods.rubric;

import org.jspecify.annotations.NullMarked;
