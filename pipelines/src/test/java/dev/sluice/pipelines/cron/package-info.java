@NullMarked
package dev.sluice.pipelines.cron;

import org.jspecify.annotations.NullMarked;
