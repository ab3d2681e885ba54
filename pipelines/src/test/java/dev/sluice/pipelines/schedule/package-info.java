@NullMarked
package dev.sluice.pipelines.schedule;

import org.jspecify.annotations.NullMarked;
