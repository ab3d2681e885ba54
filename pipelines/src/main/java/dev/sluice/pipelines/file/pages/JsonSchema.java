package dev.sluice.pipelines.file.pages;

import dev.sluice.models.provider.ModelProvider;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.file.Budget;
import dev.sluice.pipelines.file.FileBinder;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.pipelines.file.yaml.JsonObject;
import dev.sluice.pipelines.file.yaml.JsonText;
import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.List;

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
    return JsonText.indented(new JsonSchema().file(registry)) + "\n";
  }

  private String file(Registry registry) {
    JsonObject keys = new JsonObject();
    for (Shape.Field field : Shape.fields(FileBinder.Head.class)) {
      keys.raw(field.name(), definitions.field(field));
    }
    String model =
        definitions.kinds(
            Shape.Kinds.of(ModelProvider.class, registry), "A model; `provider` selects its type.");
    String models =
        SchemaDefinitions.object("Models by name; stages refer to these names.")
            .raw("propertyNames", new JsonObject().put("pattern", NAME).toString())
            .raw("additionalProperties", model)
            .toString();
    keys.raw("models", SchemaDefinitions.nullable(models));
    keys.raw("pipeline", pipeline(StageTypes.of(registry)));
    keys.raw(
        "schedule",
        SchemaDefinitions.nullable(
            SchemaDefinitions.described(
                definitions.ref(Schedule.class), "When the daemon runs the pipeline.")));
    keys.raw(
        "budget",
        SchemaDefinitions.nullable(
            SchemaDefinitions.described(definitions.ref(Budget.class), "Limits of one run.")));
    String alerts =
        new JsonObject()
            .put("description", "Alerts: when to send them, and how.")
            .raw("type", "[\"array\",\"null\"]")
            .raw("items", definitions.ref(Alert.class))
            .toString();
    keys.raw("alerts", alerts);
    JsonObject root =
        new JsonObject()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "Sluice pipeline file")
            .put("type", "object")
            .raw("required", "[\"pipeline\"]")
            .put("additionalProperties", false)
            .raw("properties", keys.toString());
    return root.raw("$defs", definitions.json()).toString();
  }

  private String pipeline(StageTypes types) {
    String kind =
        new JsonObject()
            .put("description", "Both run the stages in the order of the file.")
            .raw("enum", "[\"chain\",\"composite\"]")
            .toString();
    String transforms =
        new JsonObject()
            .put("description", "The stages, in order.")
            .put("type", "array")
            .put("minItems", 1)
            .raw("items", stage(types))
            .toString();
    return SchemaDefinitions.object("The stages.")
        .raw("required", "[\"transforms\"]")
        .put("additionalProperties", false)
        .raw(
            "properties",
            new JsonObject().raw("type", kind).raw("transforms", transforms).toString())
        .toString();
  }

  private String stage(StageTypes types) {
    List<String> branches = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (StageType<?> type : types.all()) {
      words.add(
          new JsonObject().put("const", type.name()).put("description", type.doc()).toString());
      String config = definitions.config(type);
      JsonObject then = new JsonObject();
      if (Shape.fields(type.configType()).stream().anyMatch(Shape.Field::required)) {
        then.raw("required", "[\"config\"]");
      } else {
        config = SchemaDefinitions.nullable(config);
      }
      then.raw("properties", new JsonObject().raw("config", config).toString());
      branches.add(SchemaDefinitions.branch("type", type.name(), then.toString()));
    }
    String input =
        new JsonObject()
            .put(
                "description",
                "Earlier stage to read from, or one stage per table: {solutions: NAME}. Default: for each table the nearest earlier stage that writes it.")
            .raw("type", "[\"string\",\"object\"]")
            .raw("additionalProperties", "{\"type\":\"string\"}")
            .toString();
    String name =
        new JsonObject()
            .put("description", "Name of the stage. Default: its type.")
            .put("type", "string")
            .put("pattern", NAME)
            .toString();
    JsonObject keys =
        new JsonObject()
            .raw("type", new JsonObject().raw("oneOf", JsonObject.array(words)).toString())
            .raw("name", name)
            .raw("input", input)
            .raw("config", "{\"type\":[\"object\",\"null\"]}");
    return SchemaDefinitions.object("A stage.")
        .raw("required", "[\"type\"]")
        .put("additionalProperties", false)
        .raw("properties", keys.toString())
        .raw("allOf", JsonObject.array(branches))
        .toString();
  }
}
