/** Language models in this process, on PyTorch through DJL. The only package that imports DJL. */
@NullMarked
package dev.sluice.models.djl;

import org.jspecify.annotations.NullMarked;
