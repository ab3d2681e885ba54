package dev.sluice.stages;

import java.util.List;

/**
 * One type of stage, found by its name in a pipeline file. The built-in types stand in one list;
 * third parties add theirs in the same way.
 *
 * @param <C> the record that the stage's {@code config} block is read into
 */
public interface StageType<C extends Record> {

  /** The value of {@code type} in the file: a verb and its object, such as {@code TrainReward}. */
  String name();

  /** One sentence that says what the stage does. */
  String doc();

  /** Grows by one whenever the same config and inputs would give other rows than before. */
  int behaviourVersion();

  /** The version of what this config asks for, where a change touched only some configs. */
  default int behaviourVersion(C config) {
    return behaviourVersion();
  }

  /** The record of the config block. */
  Class<C> configType();

  /** What the stage reads and writes under this config. */
  Wiring wiring(C config);

  /** Mistakes of the config that no single key can show; empty if there are none. */
  default List<Mistake> check(C config) {
    return List.of();
  }

  /**
   * Mistakes that show only in the files that the config names, which are there and readable: their
   * kind, their first rows, their columns.
   */
  default List<Mistake> look(C config) {
    return List.of();
  }

  /**
   * What a person should know of a config beside those of the stages before it in the file, none of
   * which makes the file wrong; empty if there is nothing.
   *
   * @param earlier the configs of those stages, in the order of the file
   */
  default List<Mistake> warnings(C config, List<Record> earlier) {
    return List.of();
  }

  /** The stage bound to its config. */
  Stage stage(C config);

  /**
   * A mistake in a config.
   *
   * @param key path below {@code config}, such as {@code optimizer.decay_to}
   * @param message a sentence that names the value and the rule
   */
  record Mistake(String key, String message) {}
}
