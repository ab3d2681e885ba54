@NullMarked
package dev.sluice.pipelines.parts;

import org.jspecify.annotations.NullMarked;
