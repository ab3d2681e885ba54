/**
 * Makes inputs: draws of a grammar, mutations of valid ones, and odd values, each a function of a
 * seed.
 */
@NullMarked
package dev.sluice.runners.fuzz.inputs;

import org.jspecify.annotations.NullMarked;
