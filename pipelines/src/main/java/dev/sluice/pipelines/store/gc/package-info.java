/** Removes the files of a workspace that no kept run reaches. */
@NullMarked
package dev.sluice.pipelines.store.gc;

import org.jspecify.annotations.NullMarked;
