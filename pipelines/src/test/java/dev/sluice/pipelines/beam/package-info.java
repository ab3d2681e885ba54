@NullMarked
package dev.sluice.pipelines.beam;

import org.jspecify.annotations.NullMarked;
