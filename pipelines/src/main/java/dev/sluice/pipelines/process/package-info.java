/** What is shared by all that work in one process. */
@NullMarked
package dev.sluice.pipelines.process;

import org.jspecify.annotations.NullMarked;
