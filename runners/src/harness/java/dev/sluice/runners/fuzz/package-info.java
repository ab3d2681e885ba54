/**
 * Reads what nobody would write: every reader of what models, servers, files and strangers write
 * gets inputs that are mutated from valid ones or drawn by a grammar, each a function of a seed,
 * the reader and a number.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.runners.fuzz;
