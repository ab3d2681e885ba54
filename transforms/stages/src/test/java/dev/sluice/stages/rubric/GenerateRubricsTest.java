package dev.sluice.stages.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.records.Criterion;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateRubricsTest {
  private static final Problem PROBLEM = Rows.arithmetic("4+5-2");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private List<Rubric> run(String yaml, Solution... solutions) {
    StageHost host = new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
    StageRun run =
        host.run(
            new GenerateRubrics(),
            yaml,
            Map.of(
                "problems", List.of(host.shard(Tables.PROBLEMS, List.of(PROBLEM))),
                "solutions", List.of(host.shard(Tables.SOLUTIONS, List.of(solutions)))));
    assertThat(run.counts().out()).isEqualTo(solutions.length);
    return run.rows(Tables.RUBRICS);
  }

  @Test
  void criteriaAreWhatMostOfTheOthersShare() {
    Solution[] solutions = {
      Rows.solution(PROBLEM, 0, "4+5=9\n9-2=7\n#7"),
      Rows.solution(PROBLEM, 1, "4+5=9\n9-2=7\n#7"),
      Rows.solution(PROBLEM, 2, "4+5=9\n9-2=8\n#8"),
      Rows.solution(PROBLEM, 3, "4+5=8\n8-2=6\n#6"),
      Rows.solution(PROBLEM, 4, "4+5=9\n#9") // fails the gate: no sibling, but it has siblings
    };
    List<Rubric> rubrics = run("{}", solutions);
    // The first one's siblings 1, 2, 3 agree on the first line alone.
    assertThat(rubrics.get(0).criteria())
        .containsExactly(new Criterion("line_0", "9", 2 / 3.0, "equals"));
    assertThat(rubrics.get(0).provenance()).isEqualTo("consensus of 3");
    assertThat(rubrics.get(3).criteria())
        .containsExactly(
            new Criterion("line_0", "9", 1.0, "equals"),
            new Criterion("line_1", "7", 2 / 3.0, "equals"),
            new Criterion("answer", "7", 2 / 3.0, "equals"));
    assertThat(rubrics.get(4).criteria())
        .containsExactly(new Criterion("line_0", "9", 0.75, "equals"));
    assertThat(rubrics).extracting(Rubric::solutionId).containsExactly(ids(solutions));
  }

  private static String[] ids(Solution... solutions) {
    return java.util.Arrays.stream(solutions).map(Solution::solutionId).toArray(String[]::new);
  }

  @Test
  void fewerThanThreeSiblingsAbstain() {
    Solution[] solutions = {
      Rows.solution(PROBLEM, 0, "4+5=9\n9-2=7\n#7"),
      Rows.solution(PROBLEM, 1, "4+5=9\n9-2=7\n#7"),
      Rows.solution(PROBLEM, 2, "4+5=9\n9-2=7\n#7")
    };
    assertThat(run("{}", solutions)).allMatch(rubric -> rubric.criteria().isEmpty());
  }

  @Test
  void templateIsComparedByValue() {
    Solution solution = Rows.solution(PROBLEM, 0, "4+5=9\n9-2=7\n#7");
    List<Rubric> rubrics =
        run("{strategy: template, criteria: [{id: answer, text: '$7.00', weight: 2}]}", solution);
    assertThat(rubrics.get(0).criteria())
        .containsExactly(new Criterion("answer", "$7.00", 2, "equals"));
    assertThat(
            RubricVerdicts.byLine(PROBLEM, solution, Map.of(solution.solutionId(), rubrics.get(0))))
        .isEqualTo(Map.of(2, true));
  }

  @Test
  void criterionOnNoLine_isRefused() {
    assertThatThrownBy(() -> config("{strategy: template, criteria: [{id: row_1, text: '7'}]}"))
        .hasMessageContaining(
            "a criterion is about 'answer' or a line such as 'line_0', not 'row_1'");
  }

  private static GenerateRubrics.Config config(String yaml) {
    return Configs.of(GenerateRubrics.Config.class, yaml);
  }
}
