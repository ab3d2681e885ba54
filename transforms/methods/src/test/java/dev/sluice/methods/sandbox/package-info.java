@NullMarked
package dev.sluice.methods.sandbox;

import org.jspecify.annotations.NullMarked;
