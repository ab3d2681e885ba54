package dev.sluice.stages;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.PlacedPart;
import dev.sluice.records.config.KeyMigration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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

  /** What it reads, in words, if its config decides the tables; empty if the wiring says it. */
  default String reads() {
    return "";
  }

  /**
   * Ports through which the stage reads problems to evaluate on, on which nothing is to be trained.
   */
  default List<String> evaluates(C config) {
    return List.of();
  }

  /**
   * What the config names by its name in the registry and what decides rows, such as an exporter.
   * The content of a third party's jar is then part of the fingerprint.
   */
  default List<Object> services(C config) {
    return List.of();
  }

  /** Mistakes of the config that no single key can show; empty if there are none. */
  default List<ConfigMistake> check(C config) {
    return List.of();
  }

  /** The same with what each part of the config says of itself. */
  default List<ConfigMistake> mistakes(C config) {
    return Stream.concat(
            check(config).stream(),
            PlacedPart.in(config).stream()
                .flatMap(placed -> placed.part().check(placed.key()).stream()))
        .distinct()
        .toList();
  }

  /**
   * Mistakes of a config beside those of the stages that leave the models it names.
   *
   * @param training by the name of a model the config of the earlier stage that leaves it; empty
   *     for a model that none does
   */
  default List<ConfigMistake> mistakesBeside(
      C config, Function<String, Optional<Record>> training) {
    return List.of();
  }

  /**
   * What shows only in the files that the config names, which are there and readable: their kind,
   * their first rows, their columns.
   */
  default Look look(C config) {
    return Look.NOTHING;
  }

  /**
   * What a person should know of a config beside those of the stages before it in the file, none of
   * which makes the file wrong; empty if there is nothing.
   *
   * @param earlier the configs of those stages, in the order of the file
   */
  default List<ConfigMistake> warnings(C config, List<Record> earlier) {
    return List.of();
  }

  /** Older ways to write keys of the config, in the order in which they are replaced. */
  default List<KeyMigration> respellings() {
    return List.of();
  }

  /** What the metrics that it writes mean. */
  default List<MetricDefinition> metrics() {
    return List.of();
  }

  /** The stage bound to its config. */
  Stage stage(C config);

  /**
   * What a look at files found.
   *
   * @param mistakes what no run can do with
   * @param warnings what a person should know and a run can do with
   */
  record Look(List<ConfigMistake> mistakes, List<ConfigMistake> warnings) {
    public static final Look NOTHING = new Look(List.of(), List.of());

    public Look {
      mistakes = List.copyOf(mistakes);
      warnings = List.copyOf(warnings);
    }

    /** Both together. */
    public Look and(Look other) {
      return new Look(
          Stream.concat(mistakes.stream(), other.mistakes.stream()).toList(),
          Stream.concat(warnings.stream(), other.warnings.stream()).toList());
    }
  }
}
