/** Queries that a model wrote, on SQLite databases that they cannot change. */
@NullMarked
package dev.sluice.methods.sql;

import org.jspecify.annotations.NullMarked;
