/**
 * Which kernels the native math libraries use, so that equal inputs give equal bits: the choice by
 * processor, and the proof that a model's rows do not depend on their batch.
 */
@NullMarked
package dev.sluice.models.numerics;

import org.jspecify.annotations.NullMarked;
