package dev.sluice.stages.verification;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.verification.Vote;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetSolution;
import dev.sluice.stages.synthesis.DatasetFile;
import dev.sluice.stages.synthesis.DatasetReader;
import dev.sluice.stages.synthesis.LostRows;
import dev.sluice.stages.synthesis.ProblemRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One vote on each solution that a file labels, found by its text. Its text states the verdicts and
 * nothing else. A label that does not say which step is the first wrong one is an abstention; a row
 * that cannot be read is a dead letter.
 */
record FileVotes(DatasetFile file) implements ShardStage {
  /** Number of solutions without a label in the file. */
  static final String UNLABELLED = "votes/unlabelled";

  private static final String SOLUTIONS = "solutions";
  private static final String DOING = "Reading stored votes";

  @Override
  public List<String> ports() {
    return List.of(SOLUTIONS, "problems");
  }

  @Override
  public void drive(StageDriver driver) {
    List<Unit> units = new ArrayList<>(shards(driver));
    LostRows.unit(reader()).ifPresent(units::add);
    double unlabelled = 0;
    double solutions = 0;
    for (UnitResult result : driver.run("votes", units)) {
      unlabelled += result.values().getOrDefault(UNLABELLED, 0.0);
      solutions += result.counts().in();
    }
    driver.metric(Metric.of(VerifySolutions.NAME, 0, 0, UNLABELLED, unlabelled));
    if (unlabelled > 0) {
      driver.warn(
          "'%s' labels %d of %d solutions; the others get no vote. A label is found by the problem and the text of its solution."
              .formatted(file.path(), Math.round(solutions - unlabelled), Math.round(solutions)));
    }
  }

  private DatasetReader reader() {
    return DatasetReader.of(file.path(), file.dataset());
  }

  @Override
  public void work(UnitContext context) {
    DatasetReader reader = reader();
    if (LostRows.are(context.unit())) {
      LostRows.count(context, reader, DOING, VerifySolutions.NAME);
      return;
    }
    context.begin(Tables.VERIFICATIONS);
    Map<String, Problem> problems = new LinkedHashMap<>();
    context.forEach("problems", Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
    List<Solution> solutions = context.read(SOLUTIONS, Tables.SOLUTIONS);
    Map<String, List<Solution>> byProblem =
        solutions.stream().collect(Collectors.groupingBy(Solution::problemId));
    Map<String, ProblemRows> about = reader.about(problems.keySet());
    Map<String, ProblemRows.Numbered> matches = new HashMap<>();
    about.forEach(
        (problem, rows) ->
            matches.putAll(rows.matches(byProblem.getOrDefault(problem, List.of()))));
    long out = 0;
    long dead = 0;
    long unparsed = 0;
    long unlabelled = 0;
    for (Solution solution : solutions) {
      ProblemRows.Numbered match = matches.get(solution.solutionId());
      if (match == null || !match.solution().labelled()) {
        unlabelled++;
        continue;
      }
      try {
        Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
        Verification vote = vote(problem, solution, match.solution());
        context.write(Tables.VERIFICATIONS, vote);
        out++;
        unparsed += vote.parsed() ? 0 : 1;
      } catch (DatasetRowException e) {
        String id = VerifySolutions.id(solution, pass(match.solution()), 0);
        context.dead(match.row().letter(DOING, e, VerifySolutions.NAME, id));
        dead++;
      }
    }
    for (ProblemRows rows : about.values()) {
      for (ProblemRows.Unreadable each : rows.unreadable()) {
        context.dead(unreadable(each));
        dead++;
      }
    }
    context.value(UNLABELLED, (double) unlabelled);
    context.count(new Counts(solutions.size(), out + dead, out, dead, unparsed));
  }

  private static DeadLetter unreadable(ProblemRows.Unreadable each) {
    return each.row().letter(DOING, each.reason(), VerifySolutions.NAME, each.row().id());
  }

  /** A vote that names the first wrong step counts by its index. */
  private static String pass(DatasetSolution stated) {
    return stated.namesFirstError() ? Verification.FIRST_ERROR : VerifySolutions.INITIAL;
  }

  private Verification vote(Problem problem, Solution solution, DatasetSolution stated) {
    String pass = pass(stated);
    Optional<Vote> vote = stated.vote(solution.steps().size());
    List<Boolean> verdicts = vote.map(Vote::verdicts).orElse(List.of());
    return new Verification(
        VerifySolutions.id(solution, pass, 0),
        solution.solutionId(),
        solution.problemId(),
        0,
        pass,
        verdicts,
        vote.map(Vote::outcome).orElse(null),
        verdicts.isEmpty() ? "" : TaskFormat.of(problem).renderVerdicts(verdicts),
        vote.isPresent(),
        0,
        0,
        file.dataset().name());
  }
}
