/**
 * The proof that label-free training teaches: runs the quickstart and its sister files over seeds,
 * and writes the tables and the plot of what came out ({@code ./dev proof}).
 *
 * <p>It is no part of the shipped product: it looks at the arithmetic world's grader, which the
 * product's own classes may not, and it sees every module.
 */
@NullMarked
package dev.sluice.runners.proof;

import org.jspecify.annotations.NullMarked;
