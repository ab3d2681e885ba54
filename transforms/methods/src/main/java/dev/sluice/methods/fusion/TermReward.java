package dev.sluice.methods.fusion;

/**
 * What a reward term gave a response.
 *
 * @param term the term's word
 * @param weight the term's weight
 * @param reward after its shapes, before its weight
 */
public record TermReward(String term, double weight, double reward) {}
