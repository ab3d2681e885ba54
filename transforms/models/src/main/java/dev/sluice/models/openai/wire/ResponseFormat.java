package dev.sluice.models.openai.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The key {@code response_format} of a request, which holds a reply to a JSON Schema. */
final class ResponseFormat {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResponseFormat() {}

  /**
   * The value of the key.
   *
   * @param schema a JSON Schema, as JSON
   */
  static JsonNode of(String schema) {
    try {
      JsonNode read = JSON.readTree(schema);
      var format = JSON.createObjectNode().put("type", "json_schema");
      format.putObject("json_schema").put("name", "reply").set("schema", read);
      return format;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The schema of a reply is no JSON.", e);
    }
  }
}
