package dev.sluice.pipelines.file;

import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.pipelines.file.yaml.JsonObject;
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

  /**
   * What a run is made of, as one line of JSON: seed, models, and every stage with its inputs and
   * its whole config, defaults included; nothing from the environment but numbers and choices.
   */
  public String resolved() {
    JsonObject entries = new JsonObject();
    models.forEach((model, entry) -> entries.raw(model, entry.canonical()));
    List<String> all = new ArrayList<>();
    for (StageSpec stage : stages) {
      JsonObject inputs = new JsonObject();
      stage.inputs().forEach(inputs::put);
      all.add(
          new JsonObject()
              .put("type", stage.type().name())
              .put("name", stage.name())
              .raw("input", inputs.toString())
              .raw("config", stage.texts().full())
              .raw("error_threshold", Rules.number(stage.errorHandling().threshold()))
              .toString());
    }
    return new JsonObject()
        .put("name", name)
        .put("seed", seed)
        .raw("models", entries.toString())
        .raw("stages", JsonObject.array(all))
        .toString();
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
