/** Sentence encoders in this process, on ONNX Runtime. */
@NullMarked
package dev.sluice.models.onnx;

import org.jspecify.annotations.NullMarked;
