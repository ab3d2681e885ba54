package dev.sluice.methods.round;

import java.util.OptionalDouble;

/**
 * How a round went.
 *
 * @param round the round, from 1
 * @param reward mean reward of its rollouts; NaN if all are dead letters
 * @param dev mean reward of the look at dev problems before its update; empty in rounds without one
 */
public record RoundReport(int round, double reward, OptionalDouble dev) {}
