/** The seam of model providers, and the keys of the program's own. */
@NullMarked
package dev.sluice.models.provider;

import org.jspecify.annotations.NullMarked;
