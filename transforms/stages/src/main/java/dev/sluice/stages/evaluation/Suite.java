package dev.sluice.stages.evaluation;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group of metrics. Evaluate samples the models whose solutions it wants, has its units judge
 * them, and asks it for its metrics in the end.
 *
 * <p>A suite with keys has a public constructor without parameters that gives them their defaults.
 */
@Port(value = "suite", stage = "Evaluate", key = "suites", noun = "suite")
public interface Suite extends Part {

  /** Keys of the stage's config that name the models without which it measures nothing. */
  default Set<String> models() {
    return Set.of();
  }

  /** The models whose solutions it wants if the config names them: {@code base}, {@code policy}. */
  default Set<String> samples() {
    return Set.of();
  }

  /** Words of suites whose metrics belong to it. */
  default Set<String> includes() {
    return Set.of();
  }

  /**
   * Units that judge solutions, of a kind that it {@link #judges}. Equal units of several suites
   * are done once.
   *
   * @param problems the shards of the problems
   * @param solutions the sampled solutions by {@code solutions.base} and {@code solutions.policy},
   *     a shard for each one of the problems; and the tables of the stage by their ports
   */
  default List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> solutions) {
    return List.of();
  }

  /** Tables that it reads besides those that Evaluate always reads. */
  default List<Wiring.Port> reads() {
    return List.of();
  }

  /** Whether its units write the table {@code solution_scores}. */
  default boolean scores() {
    return false;
  }

  /** Whether units of this kind are its own; suites that need equal units share a kind. */
  default boolean judges(String kind) {
    return name().equals(kind);
  }

  /** Mistakes that its keys make together with those of the stage. */
  default List<ConfigMistake> mistakes(EvaluateConfig config) {
    return List.of();
  }

  /** Does one of these units: writes rows of the table that {@link Judging} names. */
  default void judge(EvaluateConfig config, UnitContext context) {
    throw new IllegalStateException("Evaluate has no unit '%s'.".formatted(context.unit().kind()));
  }

  /** Whether it measures what earlier stages left; such suites come after the others. */
  default boolean ofStoredTables() {
    return false;
  }

  /** Its metrics, in the order of the table; none where it lacks what it measures. */
  List<Metric> metrics(Evaluation evaluation);

  /** What its metrics mean. */
  List<MetricDefinition> definitions();

  /**
   * What a person should know of a config beside those of the stages before it in the file.
   *
   * @param earlier the configs of those stages, in the order of the file
   */
  default List<ConfigMistake> warnings(EvaluateConfig config, List<Record> earlier) {
    return List.of();
  }

  /**
   * A unit that judges.
   *
   * @param port port at which the last unit reads its rows, such as {@code votes.judge}
   * @param table the table that the unit writes
   */
  record Judging(Unit unit, String port, String table) {

    /** A unit that writes {@code verifications}. */
    public Judging(Unit unit, String port) {
      this(unit, port, Tables.VERIFICATIONS.name());
    }
  }
}
