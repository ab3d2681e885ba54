/** Tests of the state of a process. */
@NullMarked
package dev.sluice.pipelines.process;

import org.jspecify.annotations.NullMarked;
