/** Which part of a split each problem goes to, so that no part repeats what another one holds. */
@NullMarked
package dev.sluice.export.split;

import org.jspecify.annotations.NullMarked;
