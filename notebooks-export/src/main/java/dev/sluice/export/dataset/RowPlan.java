package dev.sluice.export.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.export.Near;
import dev.sluice.export.format.Place;
import dev.sluice.export.format.Rows;
import dev.sluice.export.items.ItemSource;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an export and how a row gets its values.
 *
 * @param columns in order
 * @param maker makes the values of all columns before a choice; null for an item without a row
 * @param chosen for each column its place among those values
 * @param <I> what a row is made of
 */
public record RowPlan<I extends ItemSource.Item>(
    List<TableColumn> columns, Maker<I> maker, List<Integer> chosen) {

  /** Makes the values of a row. */
  @FunctionalInterface
  public interface Maker<I> {
    /** The values of all columns; null for an item that the format leaves out. */
    @Nullable Object @Nullable [] values(I item, Place place);
  }

  public RowPlan {
    columns = List.copyOf(columns);
    chosen = List.copyOf(chosen);
  }

  /** All of these columns. */
  public static <I extends ItemSource.Item> RowPlan<I> of(
      List<TableColumn> columns, Maker<I> maker) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      all.add(i);
    }
    return new RowPlan<>(columns, maker, all);
  }

  /** The columns of a format's record. */
  static <I extends ItemSource.Item, R extends Record> RowPlan<I> of(
      Rows<I, R> rows, @Nullable Class<? extends Record> ids) {
    List<TableColumn> own = Table.of("row", rows.type()).columns();
    List<TableColumn> traces = ids == null ? List.of() : Table.of("ids", ids).columns();
    List<TableColumn> columns = new ArrayList<>(own);
    columns.addAll(traces);
    return of(
        columns,
        (item, place) -> {
          R row = rows.of().apply(item, place);
          if (row == null) {
            return null;
          }
          @Nullable Object[] values = new Object[columns.size()];
          for (int i = 0; i < own.size(); i++) {
            values[i] = own.get(i).value(row);
          }
          if (!traces.isEmpty()) {
            Record found = item.ids(place.run());
            for (int i = 0; i < traces.size(); i++) {
              values[own.size() + i] = traces.get(i).value(found);
            }
          }
          return values;
        });
  }

  /**
   * The same with some of the columns, in this order.
   *
   * @param names empty for all
   */
  RowPlan<I> with(List<String> names, String format) {
    if (names.isEmpty()) {
      return this;
    }
    List<String> known = columns.stream().map(TableColumn::name).toList();
    List<TableColumn> some = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (String name : names) {
      int place = known.indexOf(name);
      if (place < 0) {
        throw new ExportException(
            "The format '%s' has no column '%s'%s Its columns are %s."
                .formatted(format, name, Near.suggestion(name, known), String.join(", ", known)));
      }
      if (places.contains(chosen.get(place))) {
        throw new ExportException("--columns names '%s' twice.".formatted(name));
      }
      some.add(columns.get(place));
      places.add(chosen.get(place));
    }
    return new RowPlan<>(some, maker, places);
  }

  /** The row of an item; null if it has none. */
  @Nullable Row row(I item, Place place) {
    @Nullable Object[] all = maker.values(item, place);
    if (all == null) {
      return null;
    }
    @Nullable Object[] values = new Object[chosen.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[chosen.get(i)];
    }
    return new Row(values);
  }
}
