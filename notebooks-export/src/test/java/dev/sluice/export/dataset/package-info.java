/** Tests of what writes datasets. */
@NullMarked
package dev.sluice.export.dataset;

import org.jspecify.annotations.NullMarked;
