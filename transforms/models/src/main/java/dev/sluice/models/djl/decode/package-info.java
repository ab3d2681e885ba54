/** Loaded models, and the batches in which they generate. */
@NullMarked
package dev.sluice.models.djl.decode;

import org.jspecify.annotations.NullMarked;
