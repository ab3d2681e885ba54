@NullMarked
package dev.sluice.export.split;

import org.jspecify.annotations.NullMarked;
