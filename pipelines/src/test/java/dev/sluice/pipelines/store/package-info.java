/** Tests of the store. */
@NullMarked
package dev.sluice.pipelines.store;

import org.jspecify.annotations.NullMarked;
