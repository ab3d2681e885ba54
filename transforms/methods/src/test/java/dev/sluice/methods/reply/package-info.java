/** Tests of how replies are read. */
@NullMarked
package dev.sluice.methods.reply;

import org.jspecify.annotations.NullMarked;
