package dev.sluice.pipelines.plan;

import dev.sluice.records.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides which rows a stage makes. Two stages with equal parts make equal rows,
 * whatever they are called and wherever they run.
 *
 * @param type the stage's type
 * @param behaviourVersion of the type
 * @param config the config, without tuning keys and names of models and files; defaults included,
 *     so that a reader sees what a default was
 * @param seed the run's seed
 * @param models content hash of each model, by the key that names it
 * @param files SHA-256 of each file, by the key that names it
 * @param engine version of the native engine, for a stage that uses a model; else empty
 * @param plugins SHA-256 of the jars of third parties that the stage uses, by file name
 * @param inputs digest of each table that is read, by port; null where the stage that makes it has
 *     yet to run
 */
record FingerprintInputs(
    String type,
    int behaviourVersion,
    Map<String, @Nullable Object> config,
    long seed,
    Map<String, String> models,
    Map<String, String> files,
    String engine,
    Map<String, String> plugins,
    Map<String, @Nullable String> inputs) {

  public FingerprintInputs {
    models = new TreeMap<>(models);
    files = new TreeMap<>(files);
    plugins = new TreeMap<>(plugins);
    inputs = new TreeMap<>(inputs);
  }

  /**
   * The stage's own part of the fingerprint: all but the inputs.
   *
   * @param decisive the config without keys at their default
   */
  String own(String decisive) {
    List<Object> parts = new ArrayList<>();
    parts.add("stage");
    parts.add(type);
    parts.add(behaviourVersion);
    parts.add(decisive);
    parts.add(seed);
    add(parts, models);
    add(parts, files);
    parts.add(engine);
    if (!plugins.isEmpty()) {
      // A jar that has another name holds the same.
      parts.add("plugins");
      parts.addAll(new TreeSet<>(plugins.values()));
    }
    return Hashes.hex(parts.toArray());
  }

  /** The same of another config. */
  FingerprintInputs with(Map<String, @Nullable Object> other) {
    return new FingerprintInputs(
        type, behaviourVersion, other, seed, models, files, engine, plugins, inputs);
  }

  /**
   * The fingerprint; all inputs must be known.
   *
   * @param decisive the config without keys at their default
   */
  String fingerprint(String decisive) {
    List<Object> parts = new ArrayList<>();
    parts.add(own(decisive));
    add(parts, inputs);
    return Hashes.hex(parts.toArray());
  }

  private static void add(List<Object> parts, Map<String, ? extends @Nullable String> values) {
    parts.add(values.size());
    values.forEach(
        (name, value) -> {
          if (value == null) {
            throw new IllegalStateException(
                "A fingerprint needs the digest of '" + name + "', which is not known yet.");
          }
          parts.add(name);
          parts.add(value);
        });
  }
}
