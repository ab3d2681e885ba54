/** Cron lines: read by cron-utils, evaluated by the rules of Debian's cron. No clock. */
@NullMarked
package dev.sluice.pipelines.cron;

import org.jspecify.annotations.NullMarked;
