/** Takes runs out of Sluice: data sets for trainers, trained models, notebooks. */
@NullMarked
package dev.sluice.export;

import org.jspecify.annotations.NullMarked;
