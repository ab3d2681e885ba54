package dev.sluice.stages.evaluation;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
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
   * Units that judge solutions, of the kind {@link #name}.
   *
   * @param problems the shards of the problems
   * @param solutions the sampled solutions by {@code solutions.base} and {@code solutions.policy},
   *     a shard for each one of the problems
   */
  default List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> solutions) {
    return List.of();
  }

  /** Does one of these units: writes rows of {@code verifications}. */
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
   * @param port port at which the last unit reads its verifications, such as {@code votes.judge}
   */
  record Judging(Unit unit, String port) {}
}
