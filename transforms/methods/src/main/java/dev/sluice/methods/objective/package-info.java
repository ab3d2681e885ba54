/** What reward models learn from labels. */
@NullMarked
package dev.sluice.methods.objective;

import org.jspecify.annotations.NullMarked;
