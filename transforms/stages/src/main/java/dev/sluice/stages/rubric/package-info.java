/** Rubrics without a model: what most siblings of a solution agree on, and scores of rubrics. */
@NullMarked
package dev.sluice.stages.rubric;

import org.jspecify.annotations.NullMarked;
