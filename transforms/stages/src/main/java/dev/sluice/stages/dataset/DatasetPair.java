package dev.sluice.stages.dataset;

import org.jspecify.annotations.Nullable;

/**
 * Two solutions of a row of which one is preferred.
 *
 * @param chosen index of the preferred one among the row's solutions
 * @param rejected index of the other one
 * @param margin score of the chosen minus score of the rejected; null if the row has none
 */
public record DatasetPair(int chosen, int rejected, @Nullable Double margin) {}
