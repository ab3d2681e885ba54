/** Which groups of rollouts an update is made from. */
@NullMarked
package dev.sluice.methods.group;

import org.jspecify.annotations.NullMarked;
