@NullMarked
package dev.sluice.export;

import org.jspecify.annotations.NullMarked;
