package dev.sluice.pipelines.file;

import dev.sluice.models.DjlSpec;
import dev.sluice.models.ModelSpec;
import dev.sluice.models.ModelSpecs;
import dev.sluice.models.OnnxSpec;
import dev.sluice.models.OpenAiSpec;
import dev.sluice.models.ScriptedSpec;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The providers that an entry under {@code models} may name, in the order of their list. */
public final class ModelTypes {
  /** The providers of the product itself. */
  public static final List<Class<? extends Record>> BUILT_IN =
      List.of(DjlSpec.class, OpenAiSpec.class, OnnxSpec.class, ScriptedSpec.class);

  private final Map<String, Class<? extends Record>> types = new LinkedHashMap<>();

  public ModelTypes(List<Class<? extends Record>> list) {
    for (Class<? extends Record> type : list) {
      Kind kind = type.getAnnotation(Kind.class);
      if (kind == null || !ModelSpec.class.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            "%s is no model config: it needs @Kind with the provider's name and ModelSpec."
                .formatted(type.getName()));
      }
      if (types.putIfAbsent(kind.value(), type) != null) {
        throw new IllegalArgumentException("Two providers are called '" + kind.value() + "'.");
      }
    }
  }

  /** The built-in providers, and after them what {@link ServiceLoader} finds. */
  public static ModelTypes withPlugins() {
    List<Class<? extends Record>> all = new ArrayList<>(BUILT_IN);
    for (ModelSpecs plugin : ServiceLoader.load(ModelSpecs.class)) {
      all.addAll(plugin.types());
    }
    return new ModelTypes(all);
  }

  /** The config record of each provider, in order. */
  public Map<String, Class<? extends Record>> all() {
    return Collections.unmodifiableMap(types);
  }
}
