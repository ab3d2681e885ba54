/** The formats of TRL, as its documentation of dataset formats states them. */
@NullMarked
package dev.sluice.export.trl;

import org.jspecify.annotations.NullMarked;
