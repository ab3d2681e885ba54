/** The formats of trainers and benchmarks: one file per trainer. */
@NullMarked
package dev.sluice.export.trainers;

import org.jspecify.annotations.NullMarked;
