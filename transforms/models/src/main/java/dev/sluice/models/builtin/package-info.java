/** The models that ship inside the product. */
@NullMarked
package dev.sluice.models.builtin;

import org.jspecify.annotations.NullMarked;
