package dev.sluice.stages.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.parts.Registry;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the shape of every dataset promises. */
class DatasetShapeContractTest {
  private static final List<String> HARD =
      List.of(
          "How many?",
          "\"Quoted\", with 'both' and \\backslashes\\ and 100 %s",
          "Wie viele Äpfel? 多少个苹果? 😀 كم تفاحة؟",
          "two\nlines\n\nand a blank one\r\nand\ttabs",
          "{\"json\": [null]}",
          "\u200eleft\u202eright\u0007bell",
          "x".repeat(100_000));

  static Stream<String> kinds() {
    return DatasetLines.all().keySet().stream();
  }

  private static Stream<String> with(DatasetContent content) {
    return kinds().filter(kind -> DatasetLines.shape(kind).contents().contains(content));
  }

  static Stream<String> solved() {
    return with(DatasetContent.SOLUTIONS);
  }

  static Stream<String> labelled() {
    return with(DatasetContent.LABELS);
  }

  static Stream<String> paired() {
    return with(DatasetContent.PAIRS);
  }

  private static List<String> steps(String text) {
    return List.of("Step 1: " + text, "Step 2: and " + text, "The answer is: 4");
  }

  private static String line(String kind, String question, List<String> steps, Boolean... correct) {
    return DatasetLines.line(
        Objects.requireNonNull(DatasetLines.all().get(kind))
            .row(question, steps, List.of(correct)));
  }

  @Test
  void everyShapeOfTheProgram_isHere() {
    assertThat(DatasetLines.all().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Registry.get().parts(DatasetShape.class).keySet().stream()
                .filter(kind -> DatasetLines.shape(kind).getClass().getName().startsWith("dev."))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void problem_anyQuestion_hasTheIdOfThatQuestion(String kind) {
    for (String question : HARD) {
      DatasetProblem problem =
          DatasetLines.shape(kind)
              .problem(DatasetLines.read(line(kind, question, steps("a"), true, true, false)));
      assertThat(problem.messages()).containsExactly(Message.user(question));
      assertThat(problem.problemId()).isEqualTo(Hashes.problemId(List.of(Message.user(question))));
    }
  }

  @ParameterizedTest
  @MethodSource("solved")
  void solutions_anyText_areKept(String kind) {
    for (String text : HARD) {
      List<DatasetSolution> solutions =
          DatasetLines.shape(kind)
              .solutions(DatasetLines.read(line(kind, "How many?", steps(text), true, true, true)));
      assertThat(solutions.get(0).text()).isEqualTo(String.join("\n", steps(text)));
      assertThat(solutions.get(0).steps()).isIn(List.of(), steps(text));
    }
  }

  @ParameterizedTest
  @MethodSource("labelled")
  void labels_ofEachStep_areThoseOfTheRow(String kind) {
    for (List<Boolean> correct :
        List.of(
            List.of(true, true, true),
            List.of(true, true, false),
            List.of(true, false, false),
            List.of(false, false, false))) {
      DatasetSolution solution =
          DatasetLines.shape(kind)
              .solutions(
                  DatasetLines.read(
                      line(kind, "How many?", steps("a"), correct.toArray(Boolean[]::new))))
              .get(0);
      assertThat(solution.labelled()).isTrue();
      assertThat(solution.steps()).isEqualTo(steps("a"));
      assertThat(solution.decided()).hasValue(correct);
      assertThat(solution.calledWrong()).isEqualTo(correct.contains(false));
      assertThat(solution.vote(3).orElseThrow().verdicts()).isEqualTo(correct);
      assertThatThrownBy(() -> solution.vote(4))
          .isInstanceOf(DatasetRowException.class)
          .hasMessage("has 3 labels for a text that the table of solutions has in 4 steps");
    }
  }

  @ParameterizedTest
  @MethodSource("paired")
  void pairs_nameSolutionsOfTheRow(String kind) {
    DatasetRow row =
        DatasetLines.read("{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\"}");
    assertThat(DatasetLines.shape(kind).solutions(row))
        .extracting(DatasetSolution::text)
        .containsExactly("a", "b");
    assertThat(DatasetLines.shape(kind).pairs(row)).containsExactly(new DatasetPair(0, 1, null));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void row_readTwice_givesTheSame(String kind) {
    String line = line(kind, "How many?", steps("a"), true, false, false);
    DatasetShape shape = DatasetLines.shape(kind);
    assertThat(all(shape, line)).isEqualTo(all(shape, line));
  }

  private static List<Object> all(DatasetShape shape, String line) {
    DatasetRow row = DatasetLines.read(line);
    List<Object> all = new ArrayList<>();
    all.add(shape.problem(row));
    if (shape.contents().contains(DatasetContent.SOLUTIONS)) {
      all.addAll(shape.solutions(row));
    }
    all.addAll(shape.pairs(row));
    all.add(shape.example(row));
    return all;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void emptyRow_isAFaultInWords(String kind) {
    DatasetShape shape = DatasetLines.shape(kind);
    DatasetRow row = DatasetLines.read("{}");
    for (Runnable reading :
        List.<Runnable>of(() -> shape.problem(row), () -> shape.solutions(row))) {
      assertThatThrownBy(reading::run)
          .isInstanceOf(DatasetRowException.class)
          .hasMessageMatching("has no .*")
          .extracting(e -> ((DatasetRowException) e).errorClass())
          .isEqualTo("missing");
    }
  }

  /** Every value of a row by turns is absent, null or of another type: a fault, or another row. */
  @ParameterizedTest
  @MethodSource("kinds")
  void row_whateverIsWrongInIt_isAFaultOrARow(String kind) {
    DatasetShape shape = DatasetLines.shape(kind);
    JsonNode whole = DatasetLines.node(line(kind, "How many?", steps("a"), true, false, false));
    int faults = 0;
    for (String value :
        List.of(
            "null", "7", "-1.5e300", "\"\"", "\"text\"", "true", "[]", "[null]", "{}", "[[1]]")) {
      for (JsonNode changed : changed(whole, DatasetLines.node(value))) {
        for (Runnable reading : readings(shape, DatasetRow.of(changed))) {
          try {
            reading.run();
          } catch (DatasetRowException e) {
            assertThat(e.what()).matches("(?s)(has|ends with) .*").doesNotEndWith(".");
            assertThat(e.errorClass()).isIn("missing", "invalid");
            faults++;
          }
        }
      }
    }
    assertThat(faults).isGreaterThan(5);
  }

  private static List<Runnable> readings(DatasetShape shape, DatasetRow row) {
    List<Runnable> readings = new ArrayList<>();
    readings.add(() -> shape.problem(row));
    readings.add(() -> shape.pairs(row));
    readings.add(() -> shape.example(row));
    if (shape.contents().contains(DatasetContent.SOLUTIONS)) {
      readings.add(
          () ->
              assertThat(shape.solutions(row))
                  .isNotEmpty()
                  .allMatch(solution -> !solution.text().isBlank()));
    }
    return readings;
  }

  /** The tree with one of its values replaced, for each of them. */
  private static List<JsonNode> changed(JsonNode node, JsonNode value) {
    List<JsonNode> changed = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        List<JsonNode> inner = changed(field.getValue(), value);
        inner.add(value);
        inner.forEach(each -> changed.add(object.deepCopy().set(field.getKey(), each)));
        changed.add(object.deepCopy().without(field.getKey()));
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        List<JsonNode> inner = changed(list.get(i), value);
        inner.add(value);
        for (JsonNode each : inner) {
          changed.add(list.deepCopy().set(i, each));
        }
        ArrayNode shorter = list.deepCopy();
        shorter.remove(i);
        changed.add(shorter);
      }
    }
    return changed;
  }
}
