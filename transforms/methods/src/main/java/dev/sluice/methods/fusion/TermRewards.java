package dev.sluice.methods.fusion;

/**
 * What a reward term gave the responses of a group.
 *
 * @param weight the term's weight
 * @param rewards of each response, after shapes, before the weight
 */
@SuppressWarnings("ArrayRecordComponent")
public record TermRewards(double weight, double[] rewards) {}
