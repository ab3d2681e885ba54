package dev.sluice.stages.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.parts.Registry;
import dev.sluice.stages.testing.Configs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rows of each dataset that say the same. */
public final class DatasetLines {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private DatasetLines() {}

  /** Writes a row of one dataset. */
  interface Writer {
    Map<String, Object> row(String question, List<String> steps, List<Boolean> correct);
  }

  /** A shape with its defaults. */
  public static DatasetShape shape(String kind) {
    Class<? extends Record> type =
        Objects.requireNonNull(Registry.get().parts(DatasetShape.class).get(kind), kind);
    return (DatasetShape) Configs.of(type, "{}");
  }

  /** Every dataset of the program. */
  static Map<String, Writer> all() {
    Map<String, Writer> all = new LinkedHashMap<>();
    all.put("prm800k", DatasetLines::prm800k);
    all.put("processbench", DatasetLines::processBench);
    all.put("math_shepherd", DatasetLines::mathShepherd);
    all.put(
        "trl",
        (question, steps, correct) ->
            Map.of("prompt", question, "completions", steps, "labels", correct));
    all.put(
        "verl",
        (question, steps, correct) ->
            Map.of(
                "messages",
                List.of(turn("user", question), turn("assistant", String.join("\n", steps)))));
    all.put(
        "nemo_gym",
        (question, steps, correct) ->
            Map.of(
                "responses_create_params",
                Map.of("input", List.of(turn("user", question))),
                "ground_truth",
                "4"));
    all.put(
        "preference",
        (question, steps, correct) ->
            Map.of(
                "prompt",
                question,
                "chosen",
                String.join("\n", steps),
                "rejected",
                "something else"));
    return all;
  }

  private static Map<String, String> turn(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private static Map<String, Object> prm800k(
      String question, List<String> steps, List<Boolean> correct) {
    List<Object> rated = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      rated.add(
          Map.of(
              "completions",
              List.of(Map.of("text", steps.get(i), "rating", correct.get(i) ? 1 : -1)),
              "chosen_completion",
              0));
    }
    return Map.of(
        "question",
        Map.of("problem", question, "ground_truth_answer", "4"),
        "label",
        Map.of("steps", rated, "finish_reason", "solution"));
  }

  private static Map<String, Object> processBench(
      String question, List<String> steps, List<Boolean> correct) {
    return Map.of(
        "id",
        "gsm8k-0",
        "generator",
        "some-model",
        "problem",
        question,
        "steps",
        steps,
        "final_answer_correct",
        !correct.contains(false),
        "label",
        correct.indexOf(false));
  }

  private static Map<String, Object> mathShepherd(
      String question, List<String> steps, List<Boolean> correct) {
    StringBuilder input = new StringBuilder(question + " ");
    StringBuilder label = new StringBuilder(question + " ");
    for (int i = 0; i < steps.size(); i++) {
      input.append(steps.get(i)).append(" ки\n");
      label.append(steps.get(i)).append(correct.get(i) ? " +\n" : " -\n");
    }
    return Map.of("input", input.toString(), "label", label.toString(), "task", "GSM8K");
  }

  /** A row as a line of JSON. */
  static String line(Map<String, ?> row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The object of a line, read as files are. */
  static JsonNode node(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The row of a line. */
  static DatasetRow read(String line) {
    return DatasetRow.of(node(line));
  }
}
