package dev.sluice.stages.synthesis;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.dataset.DatasetSolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The solutions of a dataset, in the order of its rows. A problem without a row, a row that cannot
 * be read, and a row that states no problem are dead letters, one each.
 */
record DatasetSolutions(String path, DatasetShape dataset) implements ShardStage {
  private static final String DOING = "Reading stored solutions";

  @Override
  public List<String> ports() {
    return List.of("problems");
  }

  @Override
  public void drive(StageDriver driver) {
    List<Unit> units = new ArrayList<>(shards(driver));
    LostRows.unit(DatasetReader.of(path, dataset)).ifPresent(units::add);
    driver.run("solutions", units);
  }

  @Override
  public void work(UnitContext context) {
    DatasetReader reader = DatasetReader.of(path, dataset);
    if (LostRows.are(context.unit())) {
      LostRows.count(context, reader, DOING, SampleSolutions.NAME);
      return;
    }
    context.begin(Tables.SOLUTIONS);
    List<Problem> problems = context.read("problems", Tables.PROBLEMS);
    Map<String, ProblemRows> about =
        reader.about(problems.stream().map(Problem::problemId).toList());
    long out = 0;
    long expected = 0;
    for (Problem problem : problems) {
      ProblemRows rows = about.get(problem.problemId());
      if (rows == null) {
        context.dead(absent(problem));
        expected++;
        continue;
      }
      List<Solution> read = new ArrayList<>();
      for (ProblemRows.Numbered each : rows.solutions()) {
        RowFault.read(
            () -> solution(problem, each.index(), each.solution()),
            read::add,
            fault ->
                context.dead(
                    fault.letter(
                        problem,
                        "%s: solution %d of problem %s"
                            .formatted(DOING, each.index(), problem.problemId()),
                        SampleSolutions.NAME,
                        id(problem, each.index()))));
      }
      for (ProblemRows.Unreadable each : rows.unreadable()) {
        context.dead(
            each.row()
                .letter(DOING, each.reason(), SampleSolutions.NAME, id(problem, each.index())));
      }
      read.sort(Comparator.comparingInt(Solution::sampleIndex));
      read.forEach(solution -> context.write(Tables.SOLUTIONS, solution));
      out += read.size();
      expected += rows.size();
    }
    context.count(new Counts(problems.size(), expected, out, expected - out, 0));
  }

  private static String id(Problem problem, int k) {
    return Hashes.childId(problem.problemId(), SampleSolutions.NAME, k);
  }

  private Solution solution(Problem problem, int k, DatasetSolution read) {
    TaskFormat format = TaskFormat.of(problem);
    return new Solution(
        id(problem, k),
        problem.problemId(),
        k,
        read.text(),
        read.steps().isEmpty() ? format.steps(read.text()) : read.steps(),
        format.answer(problem, read.text()).orElse(null),
        "file",
        0,
        0,
        null,
        null,
        Objects.requireNonNullElse(read.model(), dataset.name()),
        read.referenceCorrect(),
        Hashes.id(read.text()));
  }

  private DeadLetter absent(Problem problem) {
    return DeadLetter.of(
        FileRow.EMPTY.toString(),
        "%s: problem %s has no row in '%s'; rows of '%s' are matched by all that they ask."
            .formatted(DOING, problem.problemId(), path, dataset.name()),
        SampleSolutions.NAME,
        id(problem, 0),
        "missing");
  }
}
