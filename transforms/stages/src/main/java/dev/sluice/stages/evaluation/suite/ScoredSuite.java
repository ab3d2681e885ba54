package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Suite;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A suite that measures scores of solutions. Suites with the same source share its scores. */
interface ScoredSuite extends Suite {

  /** Which solutions, and what scores them. */
  ScoreSource from();

  @Override
  default Set<String> models() {
    return from().models();
  }

  @Override
  default Set<String> samples() {
    return from().samples();
  }

  @Override
  default boolean scores() {
    return true;
  }

  @Override
  default boolean judges(String kind) {
    return kind.equals(ScoreSource.UNIT);
  }

  @Override
  default List<ConfigMistake> check(String key) {
    return from().check(key + ".from");
  }

  @Override
  default List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> tables) {
    return from().units(problems, tables);
  }

  @Override
  default void judge(EvaluateConfig config, UnitContext context) {
    ScoreUnit.work(config, context);
  }
}
