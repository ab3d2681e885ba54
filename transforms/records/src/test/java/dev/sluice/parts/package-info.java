@NullMarked
package dev.sluice.parts;

import org.jspecify.annotations.NullMarked;
