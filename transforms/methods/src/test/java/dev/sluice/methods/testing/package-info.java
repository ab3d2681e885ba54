@NullMarked
package dev.sluice.methods.testing;

import org.jspecify.annotations.NullMarked;
