package dev.sluice.stages.selection;

import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Part;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.scoring.RewardMistakes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Scores stored solutions with a reward, and keeps what is above it: examples to learn, pairs of a
 * better and a worse solution, problems whose pass rate is in a range (METHODS 5.3 to 5.5).
 *
 * <p>All solutions of a problem are in one shard, since every table of a chain is cut as its
 * problems are; so terms that compare the solutions of a problem find them all.
 */
public final class SelectSolutions implements StageType<SelectSolutionsConfig> {
  static final String NAME = "SelectSolutions";
  static final String SOLUTIONS = "solutions";
  static final String PROBLEMS = "problems";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Scores solutions with a reward, and selects training examples, preference pairs and problems.";
  }

  @Override
  public int behaviourVersion() {
    return 1;
  }

  @Override
  public Class<SelectSolutionsConfig> configType() {
    return SelectSolutionsConfig.class;
  }

  @Override
  public Wiring wiring(SelectSolutionsConfig config) {
    List<String> writes = new ArrayList<>(List.of(Tables.EXAMPLES.name()));
    if (config.pairs() != null) {
      writes.add(Tables.PREFERENCES.name());
    }
    if (config.passRate() != null) {
      writes.add(Tables.PROBLEMS.name());
      writes.add(Tables.DROPPED_PROBLEMS.name());
    }
    Wiring wiring =
        Wiring.tables(
            List.of(
                Port.required(SOLUTIONS),
                Port.following(PROBLEMS, PROBLEMS, SOLUTIONS + "." + PROBLEMS)),
            writes.toArray(String[]::new));
    List<Part> parts = new ArrayList<>(config.rewardParts());
    parts.add(config.select());
    if (config.pairs() != null) {
      parts.add(config.pairs());
    }
    // References travel through with the problems that are kept.
    return (config.passRate() == null ? wiring : wiring.evaluating()).using(parts);
  }

  @Override
  public List<ConfigMistake> check(SelectSolutionsConfig config) {
    List<ConfigMistake> mistakes =
        new ArrayList<>(config.asked().check("prompt", PromptVariable.SOLVE_ALONE));
    if (config.asked().hasSystem()) {
      mistakes.add(
          new ConfigMistake(
              "prompt",
              "an example has its prompt as one text, so a system message has no place; write it into the text"));
    }
    mistakes.addAll(RewardMistakes.shapes(config.reward()));
    mistakes.addAll(RewardMistakes.bounds(config.stepBounds()));
    mistakes.addAll(RefusedParts.check(config.reward()));
    if (config.passRate() != null) {
      mistakes.addAll(config.passRate().mistakes("pass_rate"));
    }
    return mistakes;
  }

  @Override
  public List<ConfigMistake> mistakesBeside(
      SelectSolutionsConfig config, Function<String, Optional<Record>> training) {
    return RewardMistakes.places(config.reward(), training);
  }

  @Override
  public List<MetricDefinition> metrics() {
    return SelectionCounts.DEFINITIONS;
  }

  @Override
  public Stage stage(SelectSolutionsConfig config) {
    return new Work(config);
  }

  private record Work(SelectSolutionsConfig config) implements ShardStage {
    @Override
    public List<String> ports() {
      return List.of(SOLUTIONS, PROBLEMS);
    }

    @Override
    public void drive(StageDriver driver) {
      SelectionCounts.report(driver, driver.run("selection", shards(driver)), config);
    }

    @Override
    public void work(UnitContext context) {
      new SelectionUnit(config, context).work();
    }
  }
}
