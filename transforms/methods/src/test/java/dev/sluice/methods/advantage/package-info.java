@NullMarked
package dev.sluice.methods.advantage;

import org.jspecify.annotations.NullMarked;
