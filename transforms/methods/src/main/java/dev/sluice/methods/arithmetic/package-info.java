/**
 * The built-in arithmetic world as everyone may see it: its problems, how they are drawn, and the
 * form of solutions and verifications. Nothing here tells from a problem's text what it comes to;
 * whoever needs that imports {@code dev.sluice.methods.arithmetic.reference} and is no longer
 * reference-free.
 */
@NullMarked
package dev.sluice.methods.arithmetic;

import org.jspecify.annotations.NullMarked;
