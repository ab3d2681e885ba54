package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One stage of a checked pipeline file.
 *
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param config the bound config block
 * @param texts the config as JSON
 * @param wiring what the stage reads and writes
 * @param inputs the stage that fills each port, by port; ports that stay empty are not in it
 * @param models names of models that the config mentions, in order
 * @param files paths that the config mentions, in order
 * @param errorHandling how many dead letters the stage survives
 * @param at where the stage is in the file
 */
public record StageSpec(
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

  public StageSpec {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    models = List.copyOf(models);
    files = List.copyOf(files);
  }

  /** The stage bound to its config. */
  public Stage stage() {
    return stage(type);
  }

  private <C extends Record> Stage stage(StageType<C> typed) {
    return typed.stage(typed.configType().cast(config));
  }

  /** What the config names in the registry and what decides rows. */
  public List<Object> services() {
    return services(type);
  }

  private <C extends Record> List<Object> services(StageType<C> typed) {
    return typed.services(typed.configType().cast(config));
  }

  /** The version of what the stage does under its config. */
  public int behaviourVersion() {
    return behaviourVersion(type);
  }

  private <C extends Record> int behaviourVersion(StageType<C> typed) {
    return typed.behaviourVersion(typed.configType().cast(config));
  }

  /**
   * Something outside a config that the config names.
   *
   * @param key path below {@code config}, such as {@code reward[0].model}
   * @param name of the model, or path of the file
   */
  public record Mentioned(String key, String name, Position at) {}
}
