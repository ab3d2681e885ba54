/** Tests of group. */
@NullMarked
package dev.sluice.methods.group;

import org.jspecify.annotations.NullMarked;
