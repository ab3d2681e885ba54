package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportSource;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table as they are.
 *
 * @param table the table
 * @param without columns that are not loaded
 */
public record TableRows<R extends Record>(Table<R> table, Set<String> without)
    implements ItemSource<TableRows.TableRow> {

  /**
   * A row.
   *
   * @param problemId its problem's id; its own if the table has no such column
   * @param id its place in the table
   * @param row the row
   */
  public record TableRow(String problemId, String id, Record row) implements Item {
    @Override
    public Record ids(String run) {
      return new Ids.OfProblem(problemId, run);
    }

    @Override
    public List<Record> parts() {
      return List.of(row);
    }
  }

  @Override
  public Class<? extends Record> ids() {
    return Ids.OfProblem.class;
  }

  @Override
  public List<String> tables() {
    return List.of(table.name());
  }

  @Override
  public void forEach(ExportSource source, Consumer<TableRow> consumer) {
    Artifact artifact = source.pick(table.name());
    @Nullable TableColumn problem =
        table.columns().stream()
            .filter(column -> column.name().equals("problem_id"))
            .findFirst()
            .orElse(null);
    long[] index = new long[1];
    artifact
        .manifest()
        .shards(table.name())
        .forEach(
            shard ->
                artifact.forEach(
                    shard,
                    table,
                    without,
                    row -> {
                      String id = table.name() + ":" + index[0]++;
                      consumer.accept(
                          new TableRow(
                              problem == null ? id : String.valueOf(problem.value(row)), id, row));
                    }));
  }
}
