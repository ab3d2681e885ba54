/** Which solutions of a problem are learnt, and which are preferred to which. */
@NullMarked
package dev.sluice.methods.selection;

import org.jspecify.annotations.NullMarked;
