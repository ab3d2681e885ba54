package dev.sluice.pipelines.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.file.Schedule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What decides the times of a schedule's fires, as a text that is equal if they are. */
final class TimesText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TimesText() {}

  static String of(Schedule schedule) {
    ObjectNode json = JSON.createObjectNode();
    put(json, "cron", schedule.cron());
    put(json, "every", schedule.every());
    put(json, "on_new_data", schedule.onNewData());
    put(json, "time_zone", schedule.timeZone());
    put(json, "start", schedule.start());
    put(json, "end", schedule.end());
    put(json, "jitter", schedule.jitter());
    json.put("catch_up", schedule.catchUp().name());
    json.put("max_catch_up", schedule.maxCatchUp());
    return json.toString();
  }

  /** A schedule with these times, and defaults else. */
  static Schedule schedule(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new Schedule(
          get(json, "cron"),
          get(json, "every"),
          get(json, "on_new_data"),
          json.path("time_zone").asText("UTC"),
          get(json, "start"),
          get(json, "end"),
          Schedule.CatchUp.valueOf(json.path("catch_up").asText()),
          json.path("max_catch_up").asInt(),
          Schedule.Overlap.QUEUE,
          get(json, "jitter"),
          null,
          0,
          Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The ledger holds times that are no JSON: " + text, e);
    }
  }

  private static void put(ObjectNode json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private static @Nullable String get(JsonNode json, String key) {
    return json.hasNonNull(key) ? json.get(key).asText() : null;
  }
}
