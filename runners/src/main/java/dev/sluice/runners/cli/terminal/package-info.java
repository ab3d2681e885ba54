/** What all commands share: options, exit codes, tables, mistakes. */
@NullMarked
package dev.sluice.runners.cli.terminal;

import org.jspecify.annotations.NullMarked;
