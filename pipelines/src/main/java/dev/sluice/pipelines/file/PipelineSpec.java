package dev.sluice.pipelines.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    List<Step> stages,
    @Nullable Schedule schedule,
    @Nullable Budget budget,
    List<Alert> alerts) {

  public PipelineSpec {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    stages = List.copyOf(stages);
    alerts = List.copyOf(alerts);
  }

  /** The stage of a name; null if there is none. */
  public @Nullable Step stage(String name) {
    for (Step step : stages) {
      if (step.name().equals(name)) {
        return step;
      }
    }
    return null;
  }

  /** The names of the stages, in order. */
  public List<String> stageNames() {
    List<String> names = new ArrayList<>();
    stages.forEach(step -> names.add(step.name()));
    return names;
  }

  /** The names of the stages that read what a stage leaves, directly or through others. */
  public List<String> dependents(String name) {
    List<String> found = new ArrayList<>();
    for (Step step : stages) {
      boolean reads =
          step.inputs().values().stream()
                  .anyMatch(read -> read.equals(name) || found.contains(read))
              || step.models().stream()
                  .anyMatch(model -> model.name().equals(name) || found.contains(model.name()));
      if (reads) {
        found.add(step.name());
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
    ArrayNode steps = json.putArray("stages");
    for (Step step : stages) {
      ObjectNode stage = steps.addObject().put("name", step.name()).put("type", step.type().name());
      ObjectNode inputs = stage.putObject("input");
      step.inputs().forEach(inputs::put);
      stage.putRawValue("config", new RawValue(step.texts().full()));
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

  /**
   * One stage of the file.
   *
   * @param config the bound config block
   * @param texts the config as JSON
   * @param inputs the stage that fills each port, by port; ports that stay empty are not in it
   * @param models names of models that the config mentions, in order
   * @param files paths that the config mentions, in order
   */
  public record Step(
      String name,
      StageType<?> type,
      Record config,
      ConfigTexts texts,
      Wiring wiring,
      Map<String, String> inputs,
      List<Mentioned> models,
      List<Mentioned> files,
      ErrorHandling errorHandling,
      Position at) {

    public Step {
      inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
      models = List.copyOf(models);
      files = List.copyOf(files);
    }

    /** The stage bound to its config. */
    public Stage stage() {
      return stage(type);
    }

    /** The version of what the stage does under its config. */
    public int behaviourVersion() {
      return behaviourVersion(type);
    }

    private <C extends Record> int behaviourVersion(StageType<C> typed) {
      return typed.behaviourVersion(typed.configType().cast(config));
    }

    private <C extends Record> Stage stage(StageType<C> typed) {
      return typed.stage(typed.configType().cast(config));
    }
  }

  /**
   * Something outside a config that the config names.
   *
   * @param key path below {@code config}, such as {@code reward[0].model}
   * @param name of the model, or path of the file
   */
  public record Mentioned(String key, String name, Position at) {}
}
