package dev.sluice.methods.reward.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.methods.reply.JsonSchemaCheck;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON that follows a schema. */
@Kind(
    value = "json",
    doc =
        "1 if the response is JSON that follows a schema, else 0. Read is the last fenced block, else the `<answer>`, else all after the thought. `gate` does not apply.")
@Method(
    name = "Valid JSON",
    paper = "ours",
    formula =
        "r = 1 if the JSON follows the schema, else 0; partial: (required properties that are right + 1 if all is right) / (required properties + 1)")
public record JsonReward(
    @Key(value = "JSON Schema, written as YAML.") Map<String, @Nullable Object> schema,
    @Key(
            value =
                "Partial credit for each property that `required` of the schema names, if it is there and follows its own schema.",
            byDefault = "false")
        boolean partial)
    implements TextReward {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  public JsonReward {
    schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
  }

  @Override
  public boolean ownForm() {
    return true;
  }

  @Override
  public List<ConfigMistake> check(String key) {
    JsonNode read = JSON.valueToTree(schema);
    String objection = JsonSchemaCheck.objection(read, "schema", 0);
    if (objection.isEmpty() && partial && read.path("required").isEmpty()) {
      objection =
          "partial credit is for properties that 'required' names, but it names none; add 'required: [NAME, ...]' or leave 'partial' out";
    }
    return ConfigMistake.unlessEmpty(key + ".schema", objection);
  }

  @Override
  public TextScore judge(Problem problem, String text) {
    JsonNode wanted = JSON.valueToTree(schema);
    return parsed(Answers.content(text))
        .map(node -> judge(node, wanted))
        .orElseGet(() -> TextScore.of(0, "The text is not JSON."));
  }

  private TextScore judge(JsonNode node, JsonNode wanted) {
    double whole = JsonSchemaCheck.follows(node, wanted) ? 1 : 0;
    String reason =
        whole > 0 ? "The JSON follows the schema." : "The JSON does not follow the schema.";
    if (!partial) {
      return TextScore.of(whole, reason);
    }
    JsonNode required = wanted.path("required");
    double right = whole;
    for (JsonNode name : required) {
      JsonNode value = node.path(name.asText());
      JsonNode own = wanted.path("properties").path(name.asText());
      right += !value.isMissingNode() && JsonSchemaCheck.follows(value, own) ? 1 : 0;
    }
    return TextScore.of(Score.of(right / (required.size() + 1), whole), reason);
  }

  /** The one value that a text is; empty if it is anything else. */
  private static Optional<JsonNode> parsed(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // Not JSON.
    }
  }
}
