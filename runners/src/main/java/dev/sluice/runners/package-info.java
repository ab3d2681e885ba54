/** Where the graph is put together, and the program's beginning. */
@NullMarked
package dev.sluice.runners;

import org.jspecify.annotations.NullMarked;
