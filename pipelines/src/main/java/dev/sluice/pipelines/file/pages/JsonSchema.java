package dev.sluice.pipelines.file.pages;

import dev.sluice.models.provider.ModelProvider;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.file.Budget;
import dev.sluice.pipelines.file.FileBinder;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.Rules;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.records.json.Json;
import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (draft 2020-12) of a pipeline file, made from the config records of all
 * registered types. It knows keys, types, ranges and choices; wiring, names of models and rules
 * over several keys are checked by {@link PipelineFile} alone. Where a value of another type may
 * come from the environment or a parameter, a text with a dollar and a brace is allowed.
 */
public final class JsonSchema {
  private static final String NAME = "^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$";

  private final SchemaDefinitions definitions = new SchemaDefinitions();

  private JsonSchema() {}

  /** The schema of files that name these types, indented, with a line break at the end. */
  public static String of(Registry registry) {
    return Json.pretty(new JsonSchema().file(registry), Rules::number);
  }

  private Map<String, @Nullable Object> file(Registry registry) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    for (Shape.Field field : Shape.fields(FileBinder.Head.class)) {
      keys.put(field.name(), definitions.field(field));
    }
    Map<String, @Nullable Object> models =
        SchemaDefinitions.block("Models by name; stages refer to these names.");
    models.put("propertyNames", Map.of("pattern", NAME));
    models.put(
        "additionalProperties",
        definitions.kinds(
            Shape.Kinds.of(ModelProvider.class, registry),
            "A model; `provider` selects its type."));
    keys.put("models", SchemaDefinitions.nullable(models));
    keys.put("pipeline", pipeline(StageTypes.of(registry)));
    keys.put(
        "schedule",
        SchemaDefinitions.nullable(
            definitions.ref(Schedule.class, "When the daemon runs the pipeline.")));
    keys.put(
        "budget", SchemaDefinitions.nullable(definitions.ref(Budget.class, "Limits of one run.")));
    keys.put(
        "alerts",
        Json.object(
            "description", "Alerts: when to send them, and how.",
            "type", List.of("array", "null"),
            "items", definitions.ref(Alert.class)));
    return Json.object(
        "$schema",
        "https://json-schema.org/draft/2020-12/schema",
        "title",
        "Sluice pipeline file",
        "type",
        "object",
        "required",
        List.of("pipeline"),
        "additionalProperties",
        false,
        "properties",
        keys,
        "$defs",
        definitions.all());
  }

  private Map<String, @Nullable Object> pipeline(StageTypes types) {
    Map<String, @Nullable Object> kind =
        Json.object(
            "description",
            "Both run the stages in the order of the file.",
            "enum",
            List.of("chain", "composite"));
    Map<String, @Nullable Object> transforms =
        Json.object(
            "description",
            "The stages, in order.",
            "type",
            "array",
            "minItems",
            1,
            "items",
            stage(types));
    Map<String, @Nullable Object> schema = SchemaDefinitions.block("The stages.");
    schema.put("required", List.of("transforms"));
    schema.put("additionalProperties", false);
    schema.put("properties", Json.object("type", kind, "transforms", transforms));
    return schema;
  }

  private Map<String, @Nullable Object> stage(StageTypes types) {
    List<Object> branches = new ArrayList<>();
    List<Object> words = new ArrayList<>();
    for (StageType<?> type : types.all()) {
      words.add(Json.object("const", type.name(), "description", type.doc()));
      Map<String, @Nullable Object> config = definitions.config(type);
      Map<String, @Nullable Object> then = new LinkedHashMap<>();
      if (Shape.fields(type.configType()).stream().anyMatch(Shape.Field::required)) {
        then.put("required", List.of("config"));
      } else {
        config = SchemaDefinitions.nullable(config);
      }
      then.put("properties", Map.of("config", config));
      branches.add(SchemaDefinitions.branch("type", type.name(), then));
    }
    Map<String, @Nullable Object> name =
        Json.object(
            "description", "Name of the stage. Default: its type.",
            "type", "string",
            "pattern", NAME);
    Map<String, @Nullable Object> input =
        Json.object(
            "description",
                "Earlier stage to read from, or one stage per table: {solutions: NAME}. Default: for each table the nearest earlier stage that writes it.",
            "type", List.of("string", "object"),
            "additionalProperties", Map.of("type", "string"));
    Map<String, @Nullable Object> schema = SchemaDefinitions.block("A stage.");
    schema.put("required", List.of("type"));
    schema.put("additionalProperties", false);
    schema.put(
        "properties",
        Json.object(
            "type",
            Map.of("oneOf", words),
            "name",
            name,
            "input",
            input,
            "config",
            Map.of("type", List.of("object", "null"))));
    schema.put("allOf", branches);
    return schema;
  }
}
