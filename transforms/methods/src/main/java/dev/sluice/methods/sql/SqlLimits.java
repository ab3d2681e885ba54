package dev.sluice.methods.sql;

import java.io.Serializable;

/**
 * What a query may use.
 *
 * @param operations of SQLite's virtual machine, the same on every machine
 * @param rows of its result
 * @param seconds on the clock: a net for what a single operation may take
 */
public record SqlLimits(long operations, int rows, int seconds) implements Serializable {}
