package dev.sluice.export.items;

import dev.sluice.export.ExportSource;
import dev.sluice.records.Problem;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the rows of a training dataset come from.
 *
 * @param <I> what one row is made of
 */
public interface ItemSource<I extends ItemSource.Item> {

  /** What one row is made of. */
  interface Item {
    /** The problem, whose id decides the part of a split. */
    Problem problem();
  }

  /** The tables that are read, the one that decides first. */
  List<String> tables();

  /**
   * Passes every item to the consumer, in the order of the tables.
   *
   * @throws dev.sluice.export.ExportException if the run has no such table
   */
  void forEach(ExportSource source, Consumer<I> consumer);
}
