/**
 * The tables of a chain: one Java record per table, its Parquet schema, its ids, and the readers
 * and writers of both tables and manifests. Knows neither Beam nor a model.
 */
@NullMarked
package dev.sluice.records;

import org.jspecify.annotations.NullMarked;
