/** How several reward terms become one reward or one advantage. */
@NullMarked
package dev.sluice.methods.fusion;

import org.jspecify.annotations.NullMarked;
