/** Training of models in this process. */
@NullMarked
package dev.sluice.models.djl.train;

import org.jspecify.annotations.NullMarked;
