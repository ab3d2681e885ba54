/** Training of models: the seam, its losses and options. */
@NullMarked
package dev.sluice.models.training;

import org.jspecify.annotations.NullMarked;
