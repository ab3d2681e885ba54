/**
 * The ledger: a database of runs, their stages and the artifacts they used, for lists, schedules
 * and pages. It repeats what run folders and manifests say and decides nothing; tables and columns
 * are stated in {@code docs/spec/ledger.md}.
 */
@NullMarked
package dev.sluice.pipelines.ledger;

import org.jspecify.annotations.NullMarked;
