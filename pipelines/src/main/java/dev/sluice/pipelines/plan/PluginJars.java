package dev.sluice.pipelines.plan;

import dev.sluice.parts.Registry;
import dev.sluice.records.Hashes;
import dev.sluice.records.schema.RecordSchema;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The jars of third parties that a stage uses: those of its type, of the providers of its models,
 * and of every part in its config. What is in them decides rows, as the program's own code does
 * through its versions.
 */
final class PluginJars {
  private final ContentHasher contents;
  private final TreeSet<Path> jars = new TreeSet<>();

  PluginJars(ContentHasher contents) {
    this.contents = contents;
  }

  /** Adds the jar of a stage type or another object that the registry holds. */
  PluginJars with(Object service) {
    Registry.jarOfPlugin(service.getClass()).ifPresent(jars::add);
    return this;
  }

  /** Adds the jars of a config and of all records in it. */
  PluginJars withParts(@Nullable Object value) {
    if (value instanceof Record config) {
      with(config);
      RecordSchema.of(config.getClass()).fields().forEach(field -> withParts(field.get(config)));
    } else if (value instanceof Collection<?> items) {
      items.forEach(this::withParts);
    } else if (value instanceof Map<?, ?> table) {
      table.values().forEach(this::withParts);
    }
    return this;
  }

  /** SHA-256 of each jar, by its file name. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    for (Path jar : jars) {
      // Two jars of one name, from two folders, count as one that holds both.
      hashes.merge(String.valueOf(jar.getFileName()), contents.ofJar(jar), Hashes::hex);
    }
    return hashes;
  }
}
