@NullMarked
package dev.sluice.runners.cli;

import org.jspecify.annotations.NullMarked;
