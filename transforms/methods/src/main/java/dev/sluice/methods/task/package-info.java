/** How problems of a world are put to models, and how what models write is read. */
@NullMarked
package dev.sluice.methods.task;

import org.jspecify.annotations.NullMarked;
