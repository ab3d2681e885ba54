package dev.sluice.models.openai.wire;

/**
 * Tokens of a request at the most: what is set aside of a budget, and what a server's account of it
 * cannot exceed.
 *
 * @param prompt of the prompt
 * @param completion of all completions together
 */
public record TokenBound(long prompt, long completion) {}
