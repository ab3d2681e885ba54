package dev.sluice.pipelines.plan;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.manifest.Manifest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the workspace did before: the newest artifact of a stage, and what it was made of. */
final class PreviousRuns {
  /** Key of the native engine's version in a manifest. */
  static final String ENGINE = "engine";

  /** Marks the hash of a plugin's jar among the versions of a manifest. */
  static final String PLUGIN = "plugin:";

  /** Marks a file's hash among the hashes of models. */
  private static final String FILE = "file:";

  private final ArtifactStore store;
  private @Nullable Map<String, Manifest> newest;

  PreviousRuns(ArtifactStore store) {
    this.store = store;
  }

  /** The newest manifest of a stage of that name and type. */
  Optional<Manifest> last(String name, String type) {
    if (newest == null) {
      // Read once, and only if something is to run: a plan in which all is reused never comes here.
      newest = new HashMap<>();
      for (Artifact artifact : store.all()) {
        Manifest manifest = artifact.manifest();
        newest.merge(
            manifest.stage() + "/" + manifest.stageType(),
            manifest,
            (one, other) -> one.attempt().compareTo(other.attempt()) >= 0 ? one : other);
      }
    }
    return Optional.ofNullable(newest.get(name + "/" + type));
  }

  /** The parts that a manifest was made of. */
  static FingerprintInputs parts(Manifest manifest) {
    Map<String, String> models = new TreeMap<>();
    Map<String, String> files = new TreeMap<>();
    manifest
        .models()
        .forEach(
            (key, hash) -> {
              if (key.startsWith(FILE)) {
                files.put(key.substring(FILE.length()), hash);
              } else {
                models.put(key, hash);
              }
            });
    Map<String, String> inputs = new TreeMap<>();
    manifest.inputs().forEach((port, input) -> inputs.put(port, input.digest()));
    return new FingerprintInputs(
        manifest.stageType(),
        manifest.behaviourVersion(),
        manifest.config(),
        manifest.seed(),
        models,
        files,
        manifest.versions().getOrDefault(ENGINE, ""),
        plugins(manifest),
        inputs);
  }

  private static Map<String, String> plugins(Manifest manifest) {
    Map<String, String> plugins = new TreeMap<>();
    manifest
        .versions()
        .forEach(
            (key, version) -> {
              if (key.startsWith(PLUGIN)) {
                plugins.put(key.substring(PLUGIN.length()), version);
              }
            });
    return plugins;
  }

  /** Models and files as a manifest keeps them. */
  static Map<String, String> models(FingerprintInputs parts) {
    Map<String, String> all = new TreeMap<>(parts.models());
    parts.files().forEach((key, hash) -> all.put(FILE + key, hash));
    return all;
  }
}
