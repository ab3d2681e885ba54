package dev.sluice.pipelines.file;

import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The types of stage that a file may name, in the order of their list. */
public final class StageTypes {
  private final Map<String, StageType<?>> types = new LinkedHashMap<>();

  public StageTypes(List<? extends StageType<?>> list) {
    for (StageType<?> type : list) {
      StageType<?> other = types.putIfAbsent(type.name(), type);
      if (other != null) {
        throw new IllegalArgumentException(
            "Two stage types are called '%s': %s and %s; rename one."
                .formatted(type.name(), other.getClass().getName(), type.getClass().getName()));
      }
    }
  }

  /** The list, and after it what {@link ServiceLoader} finds on the class path. */
  public static StageTypes withPlugins(List<? extends StageType<?>> builtIn) {
    List<StageType<?>> all = new ArrayList<>(builtIn);
    for (StageType<?> plugin : ServiceLoader.load(StageType.class)) {
      all.add(plugin);
    }
    return new StageTypes(all);
  }

  /** All types, in order. */
  public List<StageType<?>> all() {
    return List.copyOf(types.values());
  }

  /** The names of all types, in order. */
  public List<String> names() {
    return List.copyOf(types.keySet());
  }

  /** The type of a name; null if there is none. */
  public @Nullable StageType<?> find(String name) {
    return types.get(name);
  }
}
