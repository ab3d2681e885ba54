/** How replies of models are read: parsers by their word in the file. */
@NullMarked
package dev.sluice.methods.reply;

import org.jspecify.annotations.NullMarked;
