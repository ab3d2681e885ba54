/** JSON: parsing, printing, and objects that carry their own hash. */
@NullMarked
package dev.sluice.records.json;

import org.jspecify.annotations.NullMarked;
