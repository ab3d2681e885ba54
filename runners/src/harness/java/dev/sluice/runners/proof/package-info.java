/**
 * The proof that label-free training improves a policy: runs the quickstart and the files in {@code
 * configs/proof} with several seeds, and writes tables and a plot ({@code ./dev proof}).
 *
 * <p>It is no part of the shipped product: it uses the grader of the arithmetic problems, which the
 * product's own classes may not, and it depends on every module.
 */
@NullMarked
package dev.sluice.runners.proof;

import org.jspecify.annotations.NullMarked;
