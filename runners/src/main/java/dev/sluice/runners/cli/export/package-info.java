/** Commands that write datasets and notebooks. */
@NullMarked
package dev.sluice.runners.cli.export;

import org.jspecify.annotations.NullMarked;
