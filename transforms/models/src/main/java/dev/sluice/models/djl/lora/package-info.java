/** Low-rank adapters in training. */
@NullMarked
package dev.sluice.models.djl.lora;

import org.jspecify.annotations.NullMarked;
