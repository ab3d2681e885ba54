package dev.sluice.pipelines.file;

import dev.sluice.parts.Registry;
import dev.sluice.parts.SluicePlugin;
import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of stage that a file may name, in the order of the registry. */
public final class StageTypes {
  private final Map<String, StageType<?>> types = new LinkedHashMap<>();

  private StageTypes(Registry registry) {
    registry.services(StageType.class).forEach(types::put);
  }

  /** The types that a registry holds. */
  public static StageTypes of(Registry registry) {
    return new StageTypes(registry);
  }

  /** A plugin that adds these types. */
  public static SluicePlugin plugin(List<? extends StageType<?>> types) {
    List<StageType<?>> all = new ArrayList<>(types);
    return registrar -> all.forEach(type -> registrar.service(StageType.class, type.name(), type));
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
