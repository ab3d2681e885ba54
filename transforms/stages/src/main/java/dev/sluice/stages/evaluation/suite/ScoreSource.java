package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Suite;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which solutions a suite measures and what scores them.
 *
 * @param steps used where a model scores steps: a classifier, and stored labels
 */
record ScoreSource(
    @Key(
            value =
                "Solutions to measure: the samples of `base` or `policy` at temperature 1, or the `stored` solutions that the labels are about.",
            byDefault = "base")
        Pool solutions,
    @Key(
            value =
                "What scores them: the `reward` model with the settings of `judge`, the untrained `verifier`, or the stored `labels`. The score of a judge that writes votes is the share of votes that call every step correct.",
            byDefault = "reward")
        By scores,
    @Key(
            value =
                "How the scores of steps give the score of a solution, for a classifier and for labels.",
            byDefault = "min")
        StepReduction steps)
    implements Serializable {

  /** Kind of the units that score solutions, which suites share. */
  static final String UNIT = "score";

  /** The samples of base by the reward model. */
  static final ScoreSource USUAL = new ScoreSource(Pool.BASE, By.REWARD, StepReduction.MIN);

  /** Where solutions come from. */
  public enum Pool {
    /** Samples of the model before training. */
    BASE,
    /** Samples of the model after training. */
    POLICY,
    /** Solutions of an earlier stage. */
    STORED
  }

  /** What scores solutions. */
  public enum By {
    /** The trained reward model. */
    REWARD,
    /** The untrained judge. */
    VERIFIER,
    /** Step labels of an earlier stage. */
    LABELS
  }

  /** The word of the solutions, which is in the names of metrics. */
  String who() {
    return word(solutions);
  }

  /** What a score is for: the key of the model and the solutions. */
  String scorer() {
    return word(scores) + "." + who();
  }

  /** The port at which the last unit reads the scores. */
  String port() {
    return "scores." + scorer();
  }

  String problemsPort() {
    return solutions == Pool.STORED ? "label_problems" : "problems";
  }

  String solutionsPort() {
    return solutions == Pool.STORED ? "label_solutions" : "solutions." + who();
  }

  /** The keys of the stage that the suite needs. */
  Set<String> models() {
    List<String> models = new ArrayList<>();
    if (solutions != Pool.STORED) {
      models.add(who());
    }
    if (scores != By.LABELS) {
      models.add(word(scores));
    }
    return Set.copyOf(models);
  }

  /** The models whose samples the suite wants. */
  Set<String> samples() {
    return solutions == Pool.STORED ? Set.of() : Set.of(who());
  }

  /** What is wrong with the keys together. */
  List<ConfigMistake> check(String key) {
    return scores == By.LABELS && solutions != Pool.STORED
        ? List.of(
            new ConfigMistake(
                key + ".scores",
                "labels are about stored solutions, not about samples of '%s'; write solutions: stored"
                    .formatted(who())))
        : List.of();
  }

  /** The units that score the solutions, one for each of their shards. */
  List<Suite.Judging> units(List<ShardFile> problems, Map<String, List<ShardFile>> tables) {
    List<Suite.Judging> units = new ArrayList<>();
    if (scores == By.LABELS) {
      return units;
    }
    boolean stored = solutions == Pool.STORED;
    List<ShardFile> all = stored ? tables.getOrDefault(problemsPort(), List.of()) : problems;
    List<ShardFile> shards = tables.getOrDefault(solutionsPort(), List.of());
    for (int k = 0; k < shards.size(); k++) {
      units.add(
          new Suite.Judging(
              Unit.of(
                  "score-%s-%s-%d".formatted(word(scores), who(), k),
                  UNIT,
                  Map.of(
                      problemsPort(),
                      stored ? all : List.of(all.get(k)),
                      solutionsPort(),
                      List.of(shards.get(k))),
                  new ScoreUnit.Parameters(word(solutions), word(scores))),
              port(),
              Tables.SOLUTION_SCORES.name()));
    }
    return units;
  }

  /** Whether a score of a whole solution is made of the scores of its steps. */
  boolean reduces(EvaluateConfig config) {
    return scores == By.LABELS
        || (scores == By.REWARD && config.judge().as() == EvaluateConfig.RewardKind.CLASSIFIER);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
