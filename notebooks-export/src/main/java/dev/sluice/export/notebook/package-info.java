/**
 * A report of a run as a notebook with its outputs in place. Every output is made twice: here, and
 * by the Python of its cell (a resource beside this package), from the same rows by the same steps,
 * so that running the notebook changes nothing.
 */
@NullMarked
package dev.sluice.export.notebook;

import org.jspecify.annotations.NullMarked;
