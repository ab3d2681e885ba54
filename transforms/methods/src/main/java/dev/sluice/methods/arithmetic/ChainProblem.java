package dev.sluice.methods.arithmetic;

/**
 * A drawn problem. Its result is known to the source that drew it and belongs in the reference
 * column alone.
 *
 * @param chain the problem
 * @param result what the chain comes to, 0 to 99
 */
public record ChainProblem(Chain chain, int result) {}
