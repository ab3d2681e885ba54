/** Commands about schedules, and the daemon. */
@NullMarked
package dev.sluice.runners.cli.schedule;

import org.jspecify.annotations.NullMarked;
