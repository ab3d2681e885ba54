package dev.sluice.stages.aggregation;

import dev.sluice.methods.label.Ballot;
import dev.sluice.methods.verification.Vote;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.synthesis.DatasetReader;
import dev.sluice.stages.synthesis.LostRows;
import dev.sluice.stages.synthesis.ProblemRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Labels and pairs of a dataset's file for the solutions of a table, which are found by their
 * texts. A solution that the file does not label has no label; a row that cannot be read is a dead
 * letter.
 *
 * @param preferences most pairs of a problem
 */
record FileLabelsWork(FileLabels labels, int preferences) implements ShardStage {
  private static final String DOING = "Reading stored labels";

  /** The margin of a pair that states none: a right one before a wrong one. */
  private static final double CERTAIN = 1;

  @Override
  public List<String> ports() {
    return List.of("solutions", "problems");
  }

  @Override
  public void drive(StageDriver driver) {
    List<Unit> units = new ArrayList<>(shards(driver));
    LostRows.unit(reader()).ifPresent(units::add);
    LabelCounts.tell(driver, driver.run("labels", units), labels);
  }

  private DatasetReader reader() {
    return DatasetReader.of(labels.path(), labels.dataset());
  }

  @Override
  public void work(UnitContext context) {
    DatasetReader reader = reader();
    if (LostRows.are(context.unit())) {
      LostRows.count(context, reader, DOING, AggregateStepLabels.NAME);
      return;
    }
    context.begin(Tables.STEP_LABELS);
    if (preferences > 0) {
      context.begin(Tables.PREFERENCES);
    }
    Map<String, Problem> problems = new LinkedHashMap<>();
    context.forEach("problems", Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
    List<Solution> solutions = context.read("solutions", Tables.SOLUTIONS);
    Map<String, List<Solution>> byProblem = byProblem(solutions);
    Map<String, ProblemRows> about = reader.about(problems.keySet());
    Map<String, ProblemRows.Numbered> matches = new HashMap<>();
    about.forEach(
        (problem, rows) ->
            matches.putAll(rows.matches(byProblem.getOrDefault(problem, List.of()))));

    LabelCounts counts = new LabelCounts();
    Map<String, StepLabel> made = new LinkedHashMap<>();
    long dead = 0;
    for (Solution solution : solutions) {
      try {
        StepLabel label = label(solution, matches.get(solution.solutionId()));
        context.write(Tables.STEP_LABELS, label);
        counts.add(label);
        made.put(label.solutionId(), label);
      } catch (DatasetRowException e) {
        context.dead(
            require(matches, solution.solutionId())
                .row()
                .letter(DOING, e, AggregateStepLabels.NAME, solution.solutionId()));
        dead++;
      }
    }
    for (ProblemRows rows : about.values()) {
      for (ProblemRows.Unreadable each : rows.unreadable()) {
        context.dead(
            each.row().letter(DOING, each.reason(), AggregateStepLabels.NAME, each.row().id()));
        dead++;
      }
    }
    if (preferences > 0) {
      preferences(problems, solutions, made, about)
          .forEach(pair -> context.write(Tables.PREFERENCES, pair));
    }
    counts.leave(context);
    context.count(new Counts(solutions.size(), made.size() + dead, made.size(), dead, 0));
  }

  /** The row of a solution, whose steps have to be as many in the table as in the file. */
  private StepLabel label(Solution solution, ProblemRows.@Nullable Numbered match) {
    List<Vote> votes =
        match == null
            ? List.of()
            : match.solution().vote(solution.steps().size()).stream().toList();
    return labels.estimate(
        new Ballot(
            solution.solutionId(), solution.problemId(), solution.steps(), 1, votes, Map.of()));
  }

  /** The file's pairs; of problems without one, pairs of which one is labelled right. */
  private List<Preference> preferences(
      Map<String, Problem> problems,
      List<Solution> solutions,
      Map<String, StepLabel> made,
      Map<String, ProblemRows> about) {
    Map<String, List<Solution>> byProblem = byProblem(solutions);
    List<Preference> pairs = new ArrayList<>();
    for (Problem problem : problems.values()) {
      List<Solution> own = byProblem.getOrDefault(problem.problemId(), List.of());
      ProblemRows rows = about.get(problem.problemId());
      if (rows != null && !rows.pairs().isEmpty()) {
        pairs.addAll(stated(problem, own, rows));
      } else {
        List<Solution> labelled =
            own.stream().filter(each -> made.containsKey(each.solutionId())).toList();
        pairs.addAll(
            Preferences.of(
                problems,
                labelled,
                labelled.stream().map(each -> require(made, each.solutionId())).toList(),
                preferences));
      }
    }
    return pairs;
  }

  private List<Preference> stated(Problem problem, List<Solution> own, ProblemRows rows) {
    Map<Integer, Solution> byIndex = new HashMap<>();
    Map<String, ProblemRows.Numbered> matches = rows.matches(own);
    own.forEach(
        each -> {
          ProblemRows.Numbered match = matches.get(each.solutionId());
          if (match != null) {
            byIndex.putIfAbsent(match.index(), each);
          }
        });
    List<Preference> pairs = new ArrayList<>();
    for (ProblemRows.Pair pair : rows.pairs()) {
      Solution chosen = byIndex.get(pair.chosen());
      Solution rejected = byIndex.get(pair.rejected());
      if (chosen != null && rejected != null && pairs.size() < preferences) {
        double margin = Objects.requireNonNullElse(pair.margin(), CERTAIN);
        pairs.add(Preference.of(problem, chosen, rejected, margin));
      }
    }
    return pairs;
  }

  private static Map<String, List<Solution>> byProblem(List<Solution> solutions) {
    return solutions.stream().collect(Collectors.groupingBy(Solution::problemId));
  }

  private static <T> T require(Map<String, T> map, String key) {
    return Objects.requireNonNull(map.get(key));
  }
}
