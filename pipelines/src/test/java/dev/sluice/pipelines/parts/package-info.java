/** Contracts that every part of a port keeps, checked for each registered part. */
@NullMarked
package dev.sluice.pipelines.parts;

import org.jspecify.annotations.NullMarked;
