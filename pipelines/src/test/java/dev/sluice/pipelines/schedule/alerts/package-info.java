@NullMarked
package dev.sluice.pipelines.schedule.alerts;

import org.jspecify.annotations.NullMarked;
