/**
 * Language models: generate, score, train. The seam that every provider implements, and the
 * providers themselves. Knows no Beam; only {@code dev.sluice.models.djl} imports DJL.
 */
@NullMarked
package dev.sluice.models;

import org.jspecify.annotations.NullMarked;
