@NullMarked
package dev.sluice.methods;

import org.jspecify.annotations.NullMarked;
