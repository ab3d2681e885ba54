package dev.sluice.stages.rubric;

import dev.sluice.methods.rubric.RubricStrategy;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the table {@code rubrics}: one for every solution, without a model call. */
public final class GenerateRubrics implements StageType<GenerateRubrics.Config> {
  static final String NAME = "GenerateRubrics";

  /** The config block. */
  public record Config(
      @Key(value = "Method that writes the criteria.", byDefault = "consensus", flat = true)
          RubricStrategy strategy)
      implements Serializable {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Writes rubrics: criteria that a good solution meets.";
  }

  @Override
  public int behaviourVersion() {
    return 4;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Wiring wiring(Config config) {
    return Wiring.tables(
            List.of(
                Port.required("solutions"),
                Port.following("problems", "problems", "solutions.problems")),
            "rubrics")
        .using(List.of(config.strategy()));
  }

  @Override
  public Stage stage(Config config) {
    return new Work(config);
  }

  private record Work(Config config) implements ShardStage {

    @Override
    public List<String> ports() {
      return List.of("solutions", "problems");
    }

    @Override
    public void drive(StageDriver driver) {
      driver.run("rubrics", shards(driver));
    }

    @Override
    public void work(UnitContext context) {
      context.begin(Tables.RUBRICS);
      Map<String, Problem> problems = new HashMap<>();
      context.forEach("problems", Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
      List<Solution> solutions = context.read("solutions", Tables.SOLUTIONS);
      Map<String, List<Solution>> passing = new HashMap<>();
      for (Solution solution : solutions) {
        Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
        boolean finished = !solution.finishReason().equals("length");
        if (TaskFormat.of(problem).gate(problem, solution.text(), finished)) {
          passing.computeIfAbsent(solution.problemId(), id -> new ArrayList<>()).add(solution);
        }
      }
      for (Solution solution : solutions) {
        context.write(
            Tables.RUBRICS,
            rubric(
                Objects.requireNonNull(problems.get(solution.problemId())),
                solution,
                passing.getOrDefault(solution.problemId(), List.of())));
      }
      context.count(new Counts(solutions.size(), solutions.size(), solutions.size(), 0, 0));
    }

    private Rubric rubric(Problem problem, Solution solution, List<Solution> passing) {
      List<StatedResults> siblings =
          passing.stream()
              .filter(other -> !other.solutionId().equals(solution.solutionId()))
              .map(RubricVerdicts::stated)
              .toList();
      return new Rubric(
          Hashes.childId(solution.solutionId(), NAME, 0),
          solution.problemId(),
          solution.solutionId(),
          config.strategy().criteria(problem, siblings),
          config.strategy().provenance(siblings));
    }
  }
}
