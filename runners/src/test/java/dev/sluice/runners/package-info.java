@NullMarked
package dev.sluice.runners;

import org.jspecify.annotations.NullMarked;
