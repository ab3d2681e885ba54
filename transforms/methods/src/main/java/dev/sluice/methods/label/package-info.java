/** Labels of steps from votes. */
@NullMarked
package dev.sluice.methods.label;

import org.jspecify.annotations.NullMarked;
