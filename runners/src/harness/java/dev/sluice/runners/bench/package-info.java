/** Figures beside peers: {@code ./dev bench}. Nothing here is a test. */
@NullMarked
package dev.sluice.runners.bench;

import org.jspecify.annotations.NullMarked;
