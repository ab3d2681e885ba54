/**
 * The stage type Export, which leaves a dataset. It is in this module because no other one knows
 * both stages and exporters.
 */
@NullMarked
package dev.sluice.runners.dataset;

import org.jspecify.annotations.NullMarked;
