package dev.sluice.pipelines.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.pipelines.file.yaml.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked pipeline file.
 *
 * @param file as it was named on the command line
 * @param name of the pipeline
 * @param seed of the run
 * @param numerics kernels of models in this process; null: as the environment says
 * @param models entries under {@code models}, by name, in the order of the file
 * @param stages in the order of the file; every stage reads only earlier ones
 * @param schedule null if the file has none
 * @param budget null if the file has none
 * @param alerts empty if the file has none
 */
public record PipelineSpec(
    String file,
    String name,
    long seed,
    @Nullable NumericsMode numerics,
    Map<String, Model> models,
    List<StageSpec> stages,
    @Nullable Schedule schedule,
    @Nullable Budget budget,
    List<Alert> alerts) {

  public PipelineSpec {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    stages = List.copyOf(stages);
    alerts = List.copyOf(alerts);
  }

  /** The stage of a name; null if there is none. */
  public @Nullable StageSpec stage(String name) {
    for (StageSpec stage : stages) {
      if (stage.name().equals(name)) {
        return stage;
      }
    }
    return null;
  }

  /** The names of the stages, in order. */
  public List<String> stageNames() {
    List<String> names = new ArrayList<>();
    stages.forEach(stage -> names.add(stage.name()));
    return names;
  }

  /** The names of the stages that read what a stage leaves, directly or through others. */
  public List<String> dependents(String name) {
    List<String> found = new ArrayList<>();
    for (StageSpec stage : stages) {
      boolean reads =
          stage.inputs().values().stream()
                  .anyMatch(read -> read.equals(name) || found.contains(read))
              || stage.models().stream()
                  .anyMatch(model -> model.name().equals(name) || found.contains(model.name()));
      if (reads) {
        found.add(stage.name());
      }
    }
    return found;
  }

  /** What a run is made of: every key, defaults included; nothing from the environment. */
  public ObjectNode resolved() {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("file", file).put("name", name).put("seed", seed);
    ObjectNode entries = json.putObject("models");
    models.forEach((model, entry) -> entries.putRawValue(model, new RawValue(entry.canonical())));
    ArrayNode all = json.putArray("stages");
    for (StageSpec stage : stages) {
      ObjectNode entry = all.addObject().put("name", stage.name()).put("type", stage.type().name());
      ObjectNode inputs = entry.putObject("input");
      stage.inputs().forEach(inputs::put);
      entry.putRawValue("config", new RawValue(stage.texts().full()));
    }
    return json;
  }

  /**
   * An entry under {@code models}.
   *
   * @param canonical the entry as JSON: every key, sorted; nothing from the environment
   * @param decisive the same without tuning keys, paths and what has its default value
   * @param paths the files and directories that its keys name, in order
   * @param at where its name is
   * @param keys where the values of its keys stand, of those that the file writes
   */
  public record Model(
      String name,
      ModelProvider provider,
      String canonical,
      String decisive,
      List<String> paths,
      Position at,
      Map<String, Position> keys) {

    public Model {
      paths = List.copyOf(paths);
      keys = Map.copyOf(keys);
    }

    /** Where the value of a key is, or the name if the file does not write the key. */
    public Position at(String key) {
      return keys.getOrDefault(key, at);
    }
  }
}
