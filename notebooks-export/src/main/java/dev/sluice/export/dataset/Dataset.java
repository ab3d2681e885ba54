package dev.sluice.export.dataset;

import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.ItemSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an export writes.
 *
 * @param format the format's name, such as {@code trl/sft}
 * @param doc one sentence that says what the rows are
 * @param items what the rows are made of
 * @param rows the columns and how a row gets its values
 * @param leavesOut the items without a row; null if each has one
 * @param options the values of the format's options
 * @param target how a trainer takes the dataset
 * @param <I> what a row is made of
 */
public record Dataset<I extends ItemSource.Item>(
    String format,
    String doc,
    ItemSource<I> items,
    RowPlan<I> rows,
    @Nullable String leavesOut,
    Map<String, String> options,
    Target target) {

  /** The rows of a format, with ids of their origin if its target takes them. */
  public static <I extends ItemSource.Item> Dataset<I> of(
      String format,
      String doc,
      ItemSource<I> items,
      Rows<I, ?> rows,
      Map<String, String> options,
      Target target) {
    return new Dataset<>(
        format,
        doc,
        items,
        RowPlan.of(rows, target.ids() ? items.ids() : null),
        rows.leavesOut(),
        options,
        target);
  }

  /** The beginning of the files' names. */
  String kind() {
    return format.substring(format.indexOf('/') + 1);
  }

  /**
   * The same with some columns; empty for all.
   *
   * @throws dev.sluice.export.ExportException if there is no such column
   */
  public Dataset<I> columns(List<String> names) {
    return new Dataset<>(format, doc, items, rows.with(names, format), leavesOut, options, target);
  }
}
