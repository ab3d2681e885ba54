package dev.sluice.pipelines.beam;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * A stage as a transform of rows: collections of its tables in, collections of its tables out, dead
 * letters beside them. The rows of a problem meet in one call, whatever the order and the bundles
 * they come in; and since rows depend on the seed and on ids alone, they are those of a run.
 *
 * <p>Inputs are named after the stage's ports ({@code solutions}, {@code problems}); a single one
 * may be called {@code input}. Outputs are {@code output} (the primary table), further tables by
 * name, and {@code errors}.
 */
public final class StageTransform extends SchemaTransform {
  private static final long serialVersionUID = 1;

  /** The name of the only input, as Beam YAML gives it. */
  public static final String INPUT = "input";

  /** The name of the primary table's collection. */
  public static final String OUTPUT = "output";

  /** The name of the dead letters' collection. */
  public static final String ERRORS = "errors";

  /** Problems are shared out among so many calls; rows do not depend on it. */
  private static final int BUCKETS = 64;

  private final String type;
  private final Wiring wiring;
  private final Bound bound;

  /**
   * What travels to workers.
   *
   * @param stage the stage, bound to its config
   * @param models the models that its config names
   * @param seed every random number is derived from it
   * @param loadsReference whether the stage may see references
   * @param host opens the models
   */
  record Bound(
      ShardStage stage,
      Map<String, ModelReference> models,
      long seed,
      boolean loadsReference,
      ModelHost host)
      implements Serializable {}

  private StageTransform(String type, Wiring wiring, Bound bound) {
    this.type = type;
    this.wiring = wiring;
    this.bound = bound;
  }

  /**
   * A stage bound to its config.
   *
   * @param models the models that the config names, by that name
   * @throws IllegalArgumentException if the stage needs more than the rows of a shard
   */
  public static <C extends Record> StageTransform of(
      StageType<C> type, C config, Map<String, ModelReference> models, long seed, ModelHost host) {
    List<ConfigMistake> mistakes = type.mistakes(config);
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(type.name(), mistakes.get(0).message()));
    }
    if (!(type.stage(config) instanceof ShardStage stage)) {
      throw new IllegalArgumentException(
          "%s needs more than the rows of some problems, so it cannot be a transform of rows; run it with sluice run."
              .formatted(type.name()));
    }
    Wiring wiring = type.wiring(config);
    Bound bound = new Bound(stage, new TreeMap<>(models), seed, wiring.loadsReference(), host);
    return new StageTransform(type.name(), wiring, bound);
  }

  @Override
  public PCollectionRowTuple expand(PCollectionRowTuple input) {
    Map<String, TupleTag<Row>> ports = new LinkedHashMap<>();
    KeyedPCollectionTuple<Integer> keyed = KeyedPCollectionTuple.empty(input.getPipeline());
    for (Map.Entry<String, PCollection<Row>> port : byPort(input).entrySet()) {
      TupleTag<Row> tag = new TupleTag<>(port.getKey());
      ports.put(port.getKey(), tag);
      keyed =
          keyed.and(
              tag,
              port.getValue()
                  .apply(
                      "Key " + port.getKey(),
                      MapElements.into(
                              TypeDescriptors.kvs(
                                  TypeDescriptors.integers(), TypeDescriptors.rows()))
                          .via(row -> KV.of(bucket(row), row)))
                  .setCoder(
                      org.apache.beam.sdk.coders.KvCoder.of(
                          org.apache.beam.sdk.coders.VarIntCoder.of(),
                          org.apache.beam.sdk.coders.RowCoder.of(port.getValue().getSchema()))));
    }
    PCollection<KV<Integer, CoGbkResult>> buckets = keyed.apply("Meet", CoGroupByKey.create());
    Map<String, TupleTag<Row>> tables = new LinkedHashMap<>();
    for (String table : wiring.writes()) {
      tables.put(table, new TupleTag<>(tables.isEmpty() ? OUTPUT : table));
    }
    TupleTag<Row> primary = tables.get(wiring.writes().get(0));
    tables.put(Tables.DEAD_LETTERS.name(), new TupleTag<>(ERRORS));
    List<TupleTag<?>> others = new ArrayList<>(tables.values());
    others.remove(primary);
    PCollectionTuple made =
        buckets.apply(
            type,
            ParDo.of(new WorkOnRows(bound, ports, tables))
                .withOutputTags(primary, TupleTagList.of(others)));
    PCollectionRowTuple output = PCollectionRowTuple.empty(input.getPipeline());
    for (Map.Entry<String, TupleTag<Row>> table : tables.entrySet()) {
      Schema schema = RowSchemas.of(Tables.named(table.getKey()));
      output =
          output.and(table.getValue().getId(), made.get(table.getValue()).setRowSchema(schema));
    }
    return output;
  }

  private static int bucket(Row row) {
    return Math.floorMod(Objects.hashCode(row.getString("problem_id")), BUCKETS);
  }

  /** The inputs by port; every port must be there unless the stage can do without. */
  private Map<String, PCollection<Row>> byPort(PCollectionRowTuple input) {
    Map<String, PCollection<Row>> given = new TreeMap<>(input.getAll());
    String first = bound.stage().ports().get(0);
    if (given.size() == 1 && given.containsKey(INPUT)) {
      given.put(first, given.remove(INPUT));
    }
    Map<String, PCollection<Row>> byPort = new LinkedHashMap<>();
    for (Wiring.Port port : wiring.reads()) {
      PCollection<Row> rows = given.remove(port.name());
      boolean optional = port.need() == Wiring.Need.IF_PRESENT || port.need() == Wiring.Need.NAMED;
      if (rows != null) {
        checkColumns(port, rows.getSchema());
        byPort.put(port.name(), rows);
      } else if (!optional) {
        throw new IllegalArgumentException(
            "%s needs the input '%s' with rows of the table '%s'; it was given %s."
                .formatted(type, port.name(), port.table(), input.getAll().keySet()));
      }
    }
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no input '%s'; its inputs are %s."
              .formatted(
                  type,
                  given.keySet().iterator().next(),
                  wiring.reads().stream().map(Wiring.Port::name).toList()));
    }
    return byPort;
  }

  private void checkColumns(Wiring.Port port, Schema schema) {
    Table<?> table = Tables.named(port.table());
    List<String> missing =
        table.columns().stream()
            .filter(column -> !column.optional() && !schema.hasField(column.name()))
            .map(column -> column.name())
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: the rows of the input '%s' lack the fields %s of the table '%s'; they have %s."
              .formatted(type, port.name(), missing, port.table(), schema.getFieldNames()));
    }
  }
}
