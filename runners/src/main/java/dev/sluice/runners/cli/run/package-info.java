/** Commands that check, plan, start, stop and watch runs. */
@NullMarked
package dev.sluice.runners.cli.run;

import org.jspecify.annotations.NullMarked;
