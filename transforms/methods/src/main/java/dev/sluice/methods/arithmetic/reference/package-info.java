/**
 * What knows the truth of the arithmetic world: grader, calculator, and the examples that the
 * shipped models learnt from. Only named classes may import this package; a chain that uses the
 * grader or the calculator for anything but evaluation is not reference-free.
 */
@NullMarked
package dev.sluice.methods.arithmetic.reference;

import org.jspecify.annotations.NullMarked;
