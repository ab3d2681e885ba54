@NullMarked
package dev.sluice.methods.label;

import org.jspecify.annotations.NullMarked;
