/** Telling people: messages of alerts and their ways out. When to tell is decided elsewhere. */
@NullMarked
package dev.sluice.pipelines.schedule.alerts;

import org.jspecify.annotations.NullMarked;
