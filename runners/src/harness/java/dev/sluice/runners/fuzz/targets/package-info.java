/**
 * The readers under test: their inputs, their refusals, their promises, and the classes they cover.
 */
@NullMarked
package dev.sluice.runners.fuzz.targets;

import org.jspecify.annotations.NullMarked;
