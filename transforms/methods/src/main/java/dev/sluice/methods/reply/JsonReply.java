package dev.sluice.methods.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.methods.task.TextTask;
import dev.sluice.methods.text.Memo;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object by a schema, which servers are told of. */
@Kind(
    value = "json",
    doc =
        "The last JSON object of the reply, checked against a schema. Servers of the provider `openai` get the schema as `response_format`; if a server rejects that, the request is sent without it.")
@Method(name = "JSON by schema", formula = "verdict k = item k of the property 'steps'")
@CanRead({Reads.STEPS, Reads.OUTCOME, Reads.FIELDS})
public record JsonReply(
    @Key(
            value =
                "JSON Schema of the object, written as YAML. Models write its properties in the order given here.",
            ordered = true)
        Map<String, @Nullable Object> schema,
    @Key(
            "Property with the step verdicts: a list of true, false or words, or of objects with the key `correct`.")
        @Nullable String steps,
    @Key("Property with the verdict on the whole solution: true, false or a word.")
        @Nullable String outcome,
    @Key(
            "Property with the index of the first wrong step, counted from 0; -1 or null if all steps are correct.")
        @Nullable String firstError,
    @Key(value = "Words that mean yes, in lower case.", byDefault = YesNo.YES, min = 1)
        List<String> yes,
    @Key(value = "Words that mean no, in lower case.", byDefault = YesNo.NO, min = 1)
        List<String> no)
    implements ReplyParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Memo<String, JsonNode> SCHEMAS = new Memo<>(64);
  private static final String CORRECT = "correct";
  private static final int MAX_FIELD = 1000;

  public JsonReply {
    schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
    yes = List.copyOf(yes);
    no = List.copyOf(no);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, objection());
  }

  private String objection() {
    JsonNode read = JSON.valueToTree(schema);
    String objection = JsonSchemaCheck.objection(read, "schema", 0);
    if (!objection.isEmpty()) {
      return objection;
    }
    List<String> names = new ArrayList<>();
    read.path("properties").fieldNames().forEachRemaining(names::add);
    for (String name : new String[] {steps, outcome, firstError}) {
      if (name != null && !names.contains(name)) {
        return "the schema has no property '%s'; it has %s"
            .formatted(name, names.isEmpty() ? "none" : String.join(", ", names));
      }
    }
    return steps != null && firstError != null
        ? "'steps' and 'first_error' both say which steps are wrong; leave one of them out"
        : new YesNo(yes, no).objection();
  }

  @Override
  public Set<Reads> reads() {
    Set<Reads> reads = EnumSet.of(Reads.FIELDS);
    if (steps != null || firstError != null) {
      reads.add(Reads.STEPS);
    }
    if (outcome != null) {
      reads.add(Reads.OUTCOME);
    }
    return reads;
  }

  @Override
  public boolean namesFirstError() {
    return firstError != null;
  }

  @Override
  public Optional<String> jsonSchema() {
    return Optional.of(text());
  }

  private String text() {
    try {
      return JSON.writeValueAsString(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Values of a file are always JSON.", e);
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was written as JSON is read as JSON.", e);
    }
  }

  @Override
  public Reading read(CharSequence reply, int count) {
    JsonNode wanted = SCHEMAS.get(text(), JsonReply::parsed);
    Optional<JsonNode> found =
        JsonObjects.last(
            TextTask.spoken(reply).toString(), node -> JsonSchemaCheck.follows(node, wanted));
    return found.map(node -> reading(node, count)).orElse(Reading.NOTHING);
  }

  private Reading reading(JsonNode node, int count) {
    List<Boolean> stated = steps == null ? List.of() : verdicts(node.path(steps));
    Optional<List<Boolean>> verdicts =
        firstError == null
            ? Optional.of(stated).filter(all -> !all.isEmpty() && all.size() == count)
            : Boxes.fromIndex(index(node.path(firstError)), count, 0, -1);
    Optional<Boolean> whole = outcome == null ? Optional.empty() : verdict(node.path(outcome));
    return Reading.steps(verdicts, stated).withOutcome(whole).withFields(fields(node));
  }

  private static String index(JsonNode node) {
    return node.isNull() ? "-1" : node.isIntegralNumber() ? node.asText() : "";
  }

  /** The verdicts of a list; empty unless every item is a verdict. */
  private List<Boolean> verdicts(JsonNode list) {
    List<Boolean> all = new ArrayList<>();
    for (JsonNode item : list) {
      Optional<Boolean> verdict = verdict(item.isObject() ? item.path(CORRECT) : item);
      if (verdict.isEmpty()) {
        return List.of();
      }
      all.add(verdict.get());
    }
    return all;
  }

  private Optional<Boolean> verdict(JsonNode node) {
    return node.isBoolean()
        ? Optional.of(node.booleanValue())
        : new YesNo(yes, no).of(node.asText("").strip());
  }

  /** The other properties that hold single values. */
  private Map<String, String> fields(JsonNode node) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      boolean own =
          entry.getKey().equals(steps)
              || entry.getKey().equals(outcome)
              || entry.getKey().equals(firstError);
      if (!own && entry.getValue().isValueNode()) {
        String text = entry.getValue().asText();
        fields.put(entry.getKey(), text.substring(0, Math.min(MAX_FIELD, text.length())));
      }
    }
    return fields;
  }
}
