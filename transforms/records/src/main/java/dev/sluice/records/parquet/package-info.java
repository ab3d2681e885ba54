/** Tables as Parquet files: schemas made of records, readers, writers, digests of rows. */
@NullMarked
package dev.sluice.records.parquet;

import org.jspecify.annotations.NullMarked;
