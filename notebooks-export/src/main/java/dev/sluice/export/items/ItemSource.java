package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a training dataset come from.
 *
 * @param <I> what one row is made of
 */
public interface ItemSource<I extends ItemSource.Item> {

  /** What one row is made of. */
  interface Item {
    /** The id of its problem, which decides the part of a split; empty if it has none. */
    String problemId();

    /** The id of the item within the run, from which samples are drawn. */
    String id();

    /**
     * The ids that trace a row back to the run, as columns.
     *
     * @param run the run's id
     */
    Record ids(String run);

    /** The rows that it is made of, whose columns {@code --where} compares. */
    List<Record> parts();

    /** Whether it stands for a correct solution; null if it is no single solution. */
    default @Nullable Boolean correctness() {
      return null;
    }
  }

  /** The record of {@link Item#ids}. */
  Class<? extends Record> ids();

  /** The tables that are read, the one that decides first. */
  List<String> tables();

  /** The problems of the rows; empty if rows go by no table of problems. */
  default Optional<Artifact> problems(ExportSource source) {
    return source.pick(tables().get(0)).origin("problems");
  }

  /**
   * Passes every item to the consumer, in the order of the tables.
   *
   * @throws dev.sluice.export.ExportException if the run has no such table
   */
  void forEach(ExportSource source, Consumer<I> consumer);
}
