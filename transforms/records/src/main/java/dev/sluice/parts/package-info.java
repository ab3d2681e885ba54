/**
 * Named methods as parts: a part is one record, its port says where it acts, and the registry finds
 * it.
 */
@NullMarked
package dev.sluice.parts;

import org.jspecify.annotations.NullMarked;
