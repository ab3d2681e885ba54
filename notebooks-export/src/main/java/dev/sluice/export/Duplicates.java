package dev.sluice.export;

/** What an export does with rows that stand several times in its source. */
public enum Duplicates {
  /** Makes one row of equal texts, and leaves out texts that are both preferred and rejected. */
  POOL,
  /** Writes every row. */
  KEEP
}
