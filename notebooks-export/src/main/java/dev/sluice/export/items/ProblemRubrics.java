package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportSource;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.parquet.Tables;
import java.util.List;
import java.util.function.Consumer;

/** Rubrics that have criteria, with their problems. */
public final class ProblemRubrics implements ItemSource<ProblemRubrics.Graded> {

  /** A problem and a rubric for it. */
  public record Graded(Problem problem, Rubric rubric) implements Item {
    @Override
    public String problemId() {
      return problem.problemId();
    }

    @Override
    public String id() {
      return rubric.rubricId();
    }

    @Override
    public Record ids(String run) {
      return new Ids.OfRubric(problem.problemId(), rubric.solutionId(), rubric.rubricId(), run);
    }

    @Override
    public List<Record> parts() {
      return List.of(rubric, problem);
    }
  }

  @Override
  public Class<? extends Record> ids() {
    return Ids.OfRubric.class;
  }

  @Override
  public List<String> tables() {
    return List.of("rubrics", "problems");
  }

  @Override
  public void forEach(ExportSource source, Consumer<Graded> consumer) {
    Artifact rubrics = source.pick("rubrics");
    Lookup<Problem> problems = Lookup.problems(source.origin(rubrics, "problems"));
    rubrics.forEach(
        Tables.RUBRICS,
        rubric -> {
          if (rubric.criteria().isEmpty()) {
            source.leftOut("rubrics that abstain", 1);
          } else {
            consumer.accept(new Graded(problems.row(rubric.problemId()), rubric));
          }
        });
  }
}
