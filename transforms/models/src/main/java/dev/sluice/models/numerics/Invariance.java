package dev.sluice.models.numerics;

/**
 * What the check of a model's shape found on a machine.
 *
 * @param rowGroup products whose rows are a multiple of this give each row the same bits
 * @param batchInvariant whether there is such a number; {@code rowGroup} is a usual one if not
 */
public record Invariance(int rowGroup, boolean batchInvariant) {}
