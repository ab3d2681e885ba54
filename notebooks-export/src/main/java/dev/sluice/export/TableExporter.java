package dev.sluice.export;

import dev.sluice.export.dataset.Dataset;
import dev.sluice.export.dataset.DatasetWriter;
import dev.sluice.export.dataset.RowPlan;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.TableRows;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import dev.sluice.records.parquet.Tables;
import dev.sluice.records.schema.FieldType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any table of a run as plain files, with all or some of its columns. */
record TableExporter(FileType type) implements Exporter {
  private static final String TABLE = "table";

  /** They go out only when they are asked for. */
  private static final Set<String> REFERENCES = Set.of("reference_answer", "reference_correct");

  @Override
  public String name() {
    return TABLE + "/" + type.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String doc() {
    return "Any table as %s, with all or some of its columns: --option table=NAME."
        .formatted(type == FileType.PARQUET ? "Parquet" : type.name());
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public boolean takesReferences() {
    return true;
  }

  @Override
  public void check(ExportRequest request) {
    var unused = dataset(table(request), request.reference()).columns(request.rows().columns());
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    Dataset<TableRows.TableRow> dataset = dataset(table(request), request.reference());
    return new DatasetWriter<>(dataset, new ExportSource(run, request, name())).write();
  }

  private Table<?> table(ExportRequest request) {
    String name = request.options().get(TABLE);
    List<String> known = Tables.all().stream().map(Table::name).toList();
    if (name == null || request.options().size() > 1 || !known.contains(name)) {
      throw new ExportException(
          "The format '%s' takes one option, the table: --option table=NAME. %sThe tables are %s."
              .formatted(
                  name(),
                  name == null || known.contains(name)
                      ? ""
                      : "There is no table '%s'%s ".formatted(name, Near.suggestion(name, known)),
                  String.join(", ", known)));
    }
    return Tables.named(name);
  }

  private <R extends Record> Dataset<TableRows.TableRow> dataset(
      Table<R> table, boolean references) {
    List<TableColumn> columns =
        table.columns().stream()
            .filter(column -> references || !REFERENCES.contains(column.name()))
            // Hugging Face's datasets cannot load maps.
            .map(
                column ->
                    column.field().type() instanceof FieldType.Entries
                        ? column.asJsonText()
                        : column)
            .toList();
    return new Dataset<>(
        name(),
        "The table `%s`.".formatted(table.name()),
        new TableRows<>(table, references ? Set.of() : REFERENCES),
        RowPlan.of(columns, (item, place) -> values(columns, item.row())),
        null,
        Map.of(TABLE, table.name()),
        Target.of("", type).withoutIds());
  }

  private static @Nullable Object[] values(List<TableColumn> columns, Record row) {
    @Nullable Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).value(row);
    }
    return values;
  }
}
