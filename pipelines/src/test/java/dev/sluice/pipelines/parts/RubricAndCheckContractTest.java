package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.rubric.RubricStrategy;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.verification.ProgramCheck;
import dev.sluice.parts.Registry;
import dev.sluice.records.Criterion;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rubric strategies and program checks promise, on their golden files. */
class RubricAndCheckContractTest {

  static Stream<String> strategies() {
    return Registry.get().parts(RubricStrategy.class).keySet().stream();
  }

  static Stream<String> checks() {
    return Registry.get().parts(ProgramCheck.class).keySet().stream();
  }

  private static List<StatedResults> siblings(Golden golden) {
    List<StatedResults> siblings = new ArrayList<>();
    Problem problem = Golden.problem(golden.json());
    golden
        .json()
        .path("siblings")
        .forEach(text -> siblings.add(RubricVerdicts.stated(problem, text.asText())));
    return siblings;
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void strategy_meetsItsGolden(String kind) {
    Golden golden = Golden.of(RubricStrategy.class, kind);
    assertThat(golden.source()).isNotBlank();
    RubricStrategy strategy = golden.part(RubricStrategy.class);
    List<Criterion> found = strategy.criteria(Golden.problem(golden.json()), siblings(golden));
    JsonNode expected = golden.json().path("criteria");
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).id()).isEqualTo(expected.get(i).path("id").asText());
      assertThat(found.get(i).text()).isEqualTo(expected.get(i).path("text").asText());
      assertThat(found.get(i).weight())
          .isCloseTo(expected.get(i).path("weight").asDouble(), within(5.1e-7));
      assertThat(found.get(i).weight()).isFinite().isNotNegative();
    }
    assertThat(strategy.provenance(siblings(golden)))
        .isEqualTo(golden.json().path("provenance").asText());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void siblingsInAnotherOrder_giveTheSameCriteria(String kind) {
    Golden golden = Golden.of(RubricStrategy.class, kind);
    RubricStrategy strategy = golden.part(RubricStrategy.class);
    List<StatedResults> turned = siblings(golden);
    Collections.reverse(turned);
    Problem problem = Golden.problem(golden.json());
    assertThat(strategy.criteria(problem, turned))
        .isEqualTo(strategy.criteria(problem, siblings(golden)));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void check_meetsItsGolden(String kind) {
    Golden golden = Golden.of(ProgramCheck.class, kind);
    assertThat(golden.source()).isNotBlank();
    ProgramCheck check = golden.part(ProgramCheck.class);
    assertThat(check.name()).isEqualTo(kind);
    assertThat(golden.json().path("cases").size()).isGreaterThan(1);
    for (JsonNode each : golden.json().path("cases")) {
      Problem problem = Golden.problem(each);
      String text = each.path("text").asText();
      List<String> steps = TaskFormat.of(problem).steps(text);
      assertThat(check.verdicts(problem, text, steps))
          .as(text)
          .hasSameSizeAs(steps)
          .isEqualTo(Golden.verdicts(each.path("verdicts").asText()));
      assertThat(check.reason(problem, text, steps)).isEqualTo(each.path("reason").asText());
    }
  }
}
