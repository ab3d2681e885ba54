package dev.sluice.methods.round;

import java.util.OptionalDouble;

/**
 * How a round went.
 *
 * @param round the round, from 1
 * @param reward mean reward of its rollouts
 * @param dev mean reward of the last look at dev problems; empty without any
 */
public record RoundReport(int round, double reward, OptionalDouble dev) {}
