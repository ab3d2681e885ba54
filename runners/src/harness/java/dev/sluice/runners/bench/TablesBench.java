package dev.sluice.runners.bench;

import dev.sluice.records.RandomStream;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.records.parquet.Tables;
import dev.sluice.runners.bench.Peers.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows a second of writing and reading every table, one thread, beside pyarrow on the same file.
 * Ours goes from and to records, with the file's hash and the rows' digest; pyarrow's from and to
 * its columns in memory, with none.
 */
final class TablesBench implements Bench.Measurement {
  private static final int ROWS = 40_000;
  private static final int WARM_UP = 3;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (Table<?> table : TABLES) {
      figures.addAll(measure(bench, table));
    }
    return figures;
  }

  private static final List<Table<?>> TABLES =
      List.of(
          Tables.PROBLEMS,
          Tables.SOLUTIONS,
          Tables.RUBRICS,
          Tables.VERIFICATIONS,
          Tables.STEP_LABELS,
          Tables.PREFERENCES,
          Tables.ROLLOUTS,
          Tables.METRICS,
          Tables.EXAMPLES,
          Tables.DEAD_LETTERS);

  private static <R extends Record> List<Figure> measure(Bench bench, Table<R> table)
      throws Exception {
    Path file = bench.folder("tables").resolve(table.name() + ".parquet");
    RandomRows random = new RandomRows(new RandomStream(7));
    List<R> rows = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      rows.add(random.of(table.rowType()));
    }
    for (int i = 0; i < WARM_UP; i++) {
      write(file, table, rows);
      read(file, table);
    }
    Optional<Peer> writer = bench.peers().start("tables", file, "write", ROWS);
    Optional<Peer> reader = bench.peers().start("tables", file, "read", ROWS);
    try {
      Figure.Aim none = new Figure.Aim.None();
      return List.of(
          bench.inTurns(
              "write " + table.name(),
              "rows/s",
              none,
              Bench.here(() -> write(file, table, rows)),
              "pyarrow",
              writer),
          bench.inTurns(
              "read " + table.name(),
              "rows/s",
              none,
              Bench.here(() -> read(file, table)),
              "pyarrow",
              reader));
    } finally {
      writer.ifPresent(Peer::close);
      reader.ifPresent(Peer::close);
    }
  }

  private static <R extends Record> double write(Path file, Table<R> table, List<R> rows) {
    long start = System.nanoTime();
    try (TableWriter<R> writer = TableWriter.open(file, table, Map.of())) {
      rows.forEach(writer::write);
    }
    return rows.size() * 1e9 / (System.nanoTime() - start);
  }

  private static <R extends Record> double read(Path file, Table<R> table) {
    long start = System.nanoTime();
    long[] count = new long[1];
    TableReader.forEach(file, table, Set.of(), row -> count[0]++);
    return count[0] * 1e9 / (System.nanoTime() - start);
  }
}
