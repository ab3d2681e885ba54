/** What records are made of: the one place that reflects on their components. */
@NullMarked
package dev.sluice.records.schema;

import org.jspecify.annotations.NullMarked;
