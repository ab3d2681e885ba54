/** What people type and what they see: commands, progress, tables, exit codes. */
@NullMarked
package dev.sluice.runners.cli;

import org.jspecify.annotations.NullMarked;
