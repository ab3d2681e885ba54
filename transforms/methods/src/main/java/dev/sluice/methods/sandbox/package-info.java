/** Runs programs that a model wrote, each in a process that can do no harm. */
@NullMarked
package dev.sluice.methods.sandbox;

import org.jspecify.annotations.NullMarked;
