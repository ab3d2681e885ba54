package dev.sluice.stages.aggregation;

import dev.sluice.methods.label.Ballot;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.methods.label.StepLabels;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.verification.StepVotes;
import dev.sluice.methods.verification.Vote;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.dataset.DatasetContent;
import dev.sluice.stages.synthesis.DatasetFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table {@code step_labels}, one row for every solution, from the votes on it (METHODS
 * 1.2); on request also {@code preferences} between solutions of one problem. Calls no model, so
 * that other rules cost nothing but this stage.
 */
public final class AggregateStepLabels implements StageType<AggregateStepLabels.Config> {
  static final String NAME = "AggregateStepLabels";

  /** The config block. */
  public record Config(
      @Key(value = "Method that turns votes into labels.", byDefault = "step_majority", flat = true)
          LabelEstimator estimator,
      @Key(
              value =
                  "Whether solutions that fail the format gate are left unlabelled. Labels of a file are kept as they are.",
              byDefault = "true")
          boolean gate,
      @Key(
              value = "Maximum number of preference pairs per problem; 0 writes none.",
              byDefault = "0",
              min = 0)
          int preferences)
      implements Serializable {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Aggregates the votes on each solution into step labels, and writes preference pairs.";
  }

  @Override
  public int behaviourVersion() {
    return 3;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Wiring wiring(Config config) {
    FileLabels stored = stored(config);
    List<Port> ports =
        stored == null
            ? List.of(
                Port.required("verifications"),
                Port.following("solutions", "solutions", "verifications.solutions"),
                Port.following("problems", "problems", "verifications.problems"),
                Port.ifPresent("rubrics"))
            : List.of(
                Port.required("solutions"),
                Port.following("problems", "problems", "solutions.problems"));
    Wiring wiring =
        config.preferences() > 0
            ? Wiring.tables(ports, "step_labels", "preferences")
            : Wiring.tables(ports, "step_labels");
    return stored != null && stored.file().restsOnReference()
        ? wiring.withoutReferenceFreedom()
        : wiring;
  }

  private static @Nullable FileLabels stored(Config config) {
    return config.estimator() instanceof FileLabels labels ? labels : null;
  }

  @Override
  public List<ConfigMistake> check(Config config) {
    FileLabels stored = stored(config);
    if (stored == null) {
      return List.of();
    }
    boolean pairs = stored.dataset().contents().contains(DatasetContent.PAIRS);
    if (pairs && config.preferences() > 0) {
      return List.of();
    }
    List<ConfigMistake> lacks =
        DatasetFile.lacks(stored.dataset(), "estimator.dataset", DatasetContent.LABELS);
    return pairs && !lacks.isEmpty()
        ? List.of(
            new ConfigMistake(
                "preferences",
                "rows of '%s' hold pairs and no labels, and 'preferences' is 0, so nothing would be read; set it to the most pairs of a problem"
                    .formatted(stored.dataset().name())))
        : lacks;
  }

  @Override
  public Look look(Config config) {
    FileLabels stored = stored(config);
    return stored == null ? Look.NOTHING : stored.file().look("estimator.");
  }

  @Override
  public List<MetricDefinition> metrics() {
    return List.of(
        MetricDefinition.of("labels/labelled", "Solutions with a label. Training uses these."),
        MetricDefinition.of("labels/tie", "Solutions without a label because votes were tied."),
        MetricDefinition.of(
            "labels/few_votes",
            "Solutions without a label because fewer than half of the requested votes are valid."),
        MetricDefinition.of(
            "labels/no_match",
            "Solutions without a label because no single verification equals the consensus."),
        MetricDefinition.of(
            "labels/gate", "Solutions without a label because they fail the format gate."));
  }

  @Override
  public Stage stage(Config config) {
    FileLabels stored = stored(config);
    return stored == null ? new Work(config) : new FileLabelsWork(stored, config.preferences());
  }

  private record Work(Config config) implements ShardStage {
    @Override
    public List<String> ports() {
      return List.of("verifications", "solutions", "problems", "rubrics");
    }

    @Override
    public void drive(StageDriver driver) {
      LabelCounts.tell(driver, driver.run("labels", shards(driver)));
    }

    @Override
    public void work(UnitContext context) {
      context.begin(Tables.STEP_LABELS);
      if (config.preferences() > 0) {
        context.begin(Tables.PREFERENCES);
      }
      Map<String, Rubric> rubrics = new HashMap<>();
      context.forEach(
          "rubrics",
          Tables.RUBRICS,
          row -> rubrics.put(row.solutionId() == null ? row.problemId() : row.solutionId(), row));
      Map<String, Problem> problems = new HashMap<>();
      context.forEach("problems", Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
      List<Solution> solutions = context.read("solutions", Tables.SOLUTIONS);

      Map<String, Solution> byId = new HashMap<>();
      solutions.forEach(solution -> byId.put(solution.solutionId(), solution));
      Map<String, StepLabel> bySolution = new HashMap<>();
      VotesBySolution.forEach(
          context,
          config.estimator().readsTexts(),
          (id, votes) -> {
            Solution solution = byId.get(id);
            if (solution != null) {
              bySolution.put(id, label(solution, votes, problems, rubrics));
            }
          });
      LabelCounts counts = new LabelCounts();
      List<StepLabel> labels = new ArrayList<>(solutions.size());
      for (Solution solution : solutions) {
        StepLabel label = bySolution.get(solution.solutionId());
        if (label == null) {
          label = label(solution, new VotesBySolution.Votes(), problems, rubrics);
        }
        context.write(Tables.STEP_LABELS, label);
        labels.add(label);
        counts.add(label);
      }
      if (config.preferences() > 0) {
        Preferences.of(problems, solutions, labels, config.preferences())
            .forEach(pair -> context.write(Tables.PREFERENCES, pair));
      }
      counts.leave(context);
      context.count(new Counts(solutions.size(), solutions.size(), solutions.size(), 0, 0));
    }

    /**
     * The steps that the votes are about: without the answer's where most have no verdict on it.
     */
    private static List<String> judged(Problem problem, Solution solution, List<Vote> votes) {
      int all = solution.steps().size();
      int tagged = StepVotes.withoutAnswer(problem, solution.text(), all);
      return solution
          .steps()
          .subList(
              0,
              tagged == all
                  ? all
                  : StepVotes.judged(
                      all,
                      tagged,
                      votes.stream()
                          .mapToInt(v -> StepVotes.size(v.verdicts(), tagged, v.namesIndex()))));
    }

    private StepLabel label(
        Solution solution,
        VotesBySolution.Votes votes,
        Map<String, Problem> problems,
        Map<String, Rubric> rubrics) {
      Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
      Ballot ballot =
          new Ballot(
              solution.solutionId(),
              solution.problemId(),
              judged(problem, solution, votes.parsed()),
              votes.asked(),
              votes.parsed(),
              RubricVerdicts.byLine(problem, solution, rubrics));
      boolean finished = !solution.finishReason().equals("length");
      if (config.gate() && !TaskFormat.of(problem).gate(problem, solution.text(), finished)) {
        return StepLabels.gate(ballot, config.estimator().name());
      }
      return config.estimator().estimate(ballot);
    }
  }
}
