/** Commands that show, compare and verify rows. */
@NullMarked
package dev.sluice.runners.cli.inspect;

import org.jspecify.annotations.NullMarked;
