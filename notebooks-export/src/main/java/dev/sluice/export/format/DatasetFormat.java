package dev.sluice.export.format;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.RunView;
import dev.sluice.export.items.ItemSource;
import dev.sluice.records.parquet.Table;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A format of training datasets: what its rows are made of, and the record that is a row. Its files
 * are named after the part of the name behind the slash.
 *
 * @param name the name on the command line, such as {@code trl/sft}
 * @param doc one sentence that says what it writes and for whom
 * @param items what the rows are made of
 * @param rows the rows
 * @param graded the rows with reference answers; null if the format has no place for them
 * @param use how a trainer takes the dataset, as Markdown
 */
public record DatasetFormat<I extends ItemSource.Item>(
    String name,
    String doc,
    ItemSource<I> items,
    Rows<I, ?> rows,
    @Nullable Rows<I, ?> graded,
    String use)
    implements Exporter {

  /**
   * The rows of a format.
   *
   * @param type the record, whose components are the columns
   * @param of makes a row of an item; null for an item that the format leaves out
   */
  public record Rows<I, R extends Record>(Class<R> type, Function<I, @Nullable R> of) {}

  @Override
  public List<String> tables() {
    return items.tables();
  }

  @Override
  public boolean takesReferences() {
    return graded != null;
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name);
    return request.reference() && graded != null ? write(source, graded) : write(source, rows);
  }

  private <R extends Record> ExportReport write(ExportSource source, Rows<I, R> rows) {
    Table<R> table = Table.of(name.replaceAll("[/-]", "_"), rows.type());
    return new Dataset<>(name, name.substring(name.indexOf('/') + 1), table, doc, use)
        .write(
            source,
            sink ->
                items.forEach(
                    source,
                    item -> {
                      R row = rows.of().apply(item);
                      if (row != null) {
                        sink.accept(item.problem().problemId(), row);
                      }
                    }));
  }
}
