package dev.sluice.pipelines.beam;

import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;

/** Calls a stage on the rows of some problems, put into the order that a shard would have. */
final class WorkOnRows extends DoFn<KV<Integer, CoGbkResult>, Row> {
  private static final long serialVersionUID = 1;

  /** What a stage that does not declare it never sees. */
  private static final Set<String> REFERENCE = Set.of("reference_answer", "reference_correct");

  /** Siblings by index, votes by index within their solution. */
  private static final List<String> ORDER =
      List.of("problem_id", "sample_index", "solution_id", "vote_index", "pass");

  private final StageTransform.Bound bound;
  private final Map<String, TupleTag<Row>> ports;
  private final Map<String, TupleTag<Row>> tables;
  private final Counter out = Metrics.counter("sluice", "rows_out");
  private final Counter dead = Metrics.counter("sluice", "rows_dead");
  private final Counter unparsed = Metrics.counter("sluice", "rows_unparsed");

  /**
   * The work.
   *
   * @param ports where the rows of each port come from
   * @param tables where the rows of each table go to, dead letters included
   */
  WorkOnRows(
      StageTransform.Bound bound,
      Map<String, TupleTag<Row>> ports,
      Map<String, TupleTag<Row>> tables) {
    this.bound = bound;
    this.ports = new TreeMap<>(ports);
    this.tables = new TreeMap<>(tables);
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> bucket, MultiOutputReceiver receiver) {
    Map<String, List<Row>> rows = new TreeMap<>();
    ports.forEach(
        (port, tag) -> {
          List<Row> all = new ArrayList<>();
          bucket.getValue().getAll(tag).forEach(all::add);
          all.sort(WorkOnRows::compare);
          rows.put(port, all);
        });
    Set<String> withheld = bound.loadsReference() ? Set.of() : REFERENCE;
    try (RowsContext context = new RowsContext(bound, rows, withheld)) {
      bound.stage().work(context);
      context
          .written()
          .forEach(
              (table, written) -> {
                TupleTag<Row> tag = tables.get(table);
                if (tag != null) {
                  Schema schema = RowSchemas.of(Tables.named(table));
                  written.forEach(
                      record -> receiver.get(tag).output(TableRows.toRow(record, schema)));
                }
              });
      Counts counts = context.counts();
      out.inc(counts.out());
      dead.inc(counts.dead());
      unparsed.inc(counts.unparsed());
    }
  }

  private static int compare(Row left, Row right) {
    for (String field : ORDER) {
      if (left.getSchema().hasField(field)) {
        int order =
            Comparator.nullsFirst(Comparator.<Comparable<Object>>naturalOrder())
                .compare(left.getValue(field), right.getValue(field));
        if (order != 0) {
          return order;
        }
      }
    }
    return 0;
  }
}
