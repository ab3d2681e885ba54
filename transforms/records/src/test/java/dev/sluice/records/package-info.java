/** Tests of the tables. */
@NullMarked
package dev.sluice.records;

import org.jspecify.annotations.NullMarked;
