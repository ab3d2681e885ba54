@NullMarked
package dev.sluice.pipelines.run;

import org.jspecify.annotations.NullMarked;
