/** The forward pass on PyTorch, and weights in native memory. */
@NullMarked
package dev.sluice.models.djl.engine;

import org.jspecify.annotations.NullMarked;
