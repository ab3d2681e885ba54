/** Tests of fusion. */
@NullMarked
package dev.sluice.methods.fusion;

import org.jspecify.annotations.NullMarked;
