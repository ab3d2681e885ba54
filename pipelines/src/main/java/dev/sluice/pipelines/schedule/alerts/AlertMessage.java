package dev.sluice.pipelines.schedule.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is told about a schedule. Its JSON is described in docs/spec/alerts.md.
 *
 * @param id the same for each try to send this message, and another for every other message
 * @param file the pipeline file
 * @param at when it was noticed
 * @param due the fire that it is about; null if it is about none
 * @param runId the run that it is about; null if there is none
 * @param text one sentence for a person
 * @param metric null unless the cause is {@link Cause#METRIC}
 */
public record AlertMessage(
    String id,
    String schedule,
    String file,
    Cause cause,
    State state,
    Instant at,
    @Nullable Instant due,
    @Nullable String runId,
    String text,
    @Nullable Bound metric) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What an alert tells of. */
  public enum Cause {
    FAILURE,
    LATE,
    OVER_BUDGET,
    MAX_RUNTIME,
    METRIC
  }

  /** Whether it is so now, or no longer. */
  public enum State {
    RAISED,
    RECOVERED
  }

  /** A metric's value and what it must be within; a bound is null if there is none. */
  public record Bound(String name, double value, @Nullable Double below, @Nullable Double above) {}

  /** One line of JSON. */
  public String json() {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("id", id)
            .put("schedule", schedule)
            .put("file", file)
            .put("cause", lower(cause))
            .put("state", lower(state))
            .put("at", at.toString())
            .put("due", due == null ? null : due.toString())
            .put("run_id", runId)
            .put("text", text);
    if (metric == null) {
      json.putNull("metric");
    } else {
      // JSON has no word for what is not a number.
      Double value = Double.isFinite(metric.value()) ? metric.value() : null;
      json.putObject("metric")
          .put("name", metric.name())
          .put("value", value)
          .put("below", metric.below())
          .put("above", metric.above());
    }
    return json.toString();
  }

  /**
   * The message that {@link #json} wrote.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static AlertMessage parse(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      JsonNode metric = json.path("metric");
      String due = json.path("due").textValue();
      return new AlertMessage(
          json.required("id").asText(),
          json.required("schedule").asText(),
          json.required("file").asText(),
          Cause.valueOf(json.required("cause").asText().toUpperCase(Locale.ROOT)),
          State.valueOf(json.required("state").asText().toUpperCase(Locale.ROOT)),
          Instant.parse(json.required("at").asText()),
          due == null ? null : Instant.parse(due),
          json.path("run_id").textValue(),
          json.required("text").asText(),
          metric.isObject()
              ? new Bound(
                  metric.required("name").asText(),
                  metric.path("value").asDouble(Double.NaN),
                  number(metric.path("below")),
                  number(metric.path("above")))
              : null);
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException("The text is no message of an alert.", e);
    }
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() && Double.isFinite(node.doubleValue())
        ? (Double) node.doubleValue()
        : null;
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
