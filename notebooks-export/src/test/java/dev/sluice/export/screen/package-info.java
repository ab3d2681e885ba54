@NullMarked
package dev.sluice.export.screen;

import org.jspecify.annotations.NullMarked;
