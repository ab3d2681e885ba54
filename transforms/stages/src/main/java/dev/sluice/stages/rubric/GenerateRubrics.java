package dev.sluice.stages.rubric;

import dev.sluice.methods.rubric.ConsensusRubric;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Counts;
import dev.sluice.records.Criterion;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.Tables;
import dev.sluice.records.config.Key;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
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
      @Key(value = "Where criteria come from.", byDefault = "consensus") Strategy strategy,
      @Key(
              value = "With 'template': criteria on the answer that every rubric has.",
              byDefault = "[]")
          List<Line> criteria) {

    public Config {
      criteria = List.copyOf(criteria);
    }
  }

  /** Where criteria come from. */
  public enum Strategy {
    /** What most siblings of the solution share (METHODS 1.8). */
    CONSENSUS,
    /** The same criteria for all, from the config. */
    TEMPLATE
  }

  /** A criterion of a template. */
  public record Line(
      @Key("Which line it is about: line_0, line_1, ... or answer.") String id,
      @Key("The result that the line must state.") String text,
      @Key(value = "Weight of the criterion.", byDefault = "1.0", min = 0) double weight)
      implements java.io.Serializable {

    public Line {
      if (!id.matches("answer|line_\\d{1,4}")) {
        throw new IllegalArgumentException(
            "a criterion is about 'answer' or a line such as 'line_0', not '" + id + "'");
      }
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Writes down what a good solution shows.";
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
        "rubrics");
  }

  @Override
  public List<ConfigMistake> check(Config config) {
    boolean template = config.strategy() == Strategy.TEMPLATE;
    return template == config.criteria().isEmpty()
        ? List.of(
            new ConfigMistake(
                "criteria",
                template
                    ? "the strategy 'template' needs at least one criterion"
                    : "only the strategy 'template' takes criteria"))
        : List.of();
  }

  @Override
  public Stage stage(Config config) {
    return new Work(config.strategy(), config.criteria());
  }

  private record Work(Strategy strategy, List<Line> template) implements ShardStage {

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
            rubric(solution, passing.getOrDefault(solution.problemId(), List.of())));
      }
      context.count(new Counts(solutions.size(), solutions.size(), solutions.size(), 0, 0));
    }

    private Rubric rubric(Solution solution, List<Solution> passing) {
      List<StatedResults> siblings =
          passing.stream()
              .filter(other -> !other.solutionId().equals(solution.solutionId()))
              .map(RubricVerdicts::stated)
              .toList();
      List<Criterion> criteria =
          strategy == Strategy.CONSENSUS
              ? ConsensusRubric.criteria(siblings)
              : template.stream()
                  .map(
                      line ->
                          new Criterion(
                              line.id(),
                              StatedResults.normal(line.text()),
                              line.weight(),
                              "equals"))
                  .toList();
      return new Rubric(
          Hashes.childId(solution.solutionId(), NAME, 0),
          solution.problemId(),
          solution.solutionId(),
          criteria,
          strategy == Strategy.CONSENSUS ? "consensus of " + siblings.size() : "template");
    }
  }
}
