package dev.sluice.parts;

import dev.sluice.records.config.Kind;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a pipeline file can name: parts by port and word, and services by port and name.
 * Client, workers, tests and Beam hosts have the same one, since it follows from the class path.
 */
public final class Registry {
  private final Map<Class<?>, Map<String, Class<? extends Record>>> parts = new LinkedHashMap<>();
  private final Map<Class<?>, Map<String, String>> aliases = new LinkedHashMap<>();
  private final Map<Class<?>, Map<String, Object>> services = new LinkedHashMap<>();

  /**
   * A Flink worker outlives its jobs, and each job loads the plugins again: classes of one job mean
   * nothing to the next. Soft, since a registry refers to its loader.
   */
  private static final Map<ClassLoader, SoftReference<Registry>> BY_LOADER = new WeakHashMap<>();

  private Registry() {}

  /**
   * What the plugins on the class path of this thread bring: those that its context class loader
   * finds.
   *
   * @throws PluginException if one cannot be used
   */
  public static Registry get() {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = own == null ? ClassLoader.getSystemClassLoader() : own;
    synchronized (BY_LOADER) {
      SoftReference<Registry> kept = BY_LOADER.get(loader);
      Registry known = kept == null ? null : kept.get();
      if (known == null) {
        known = of(found(loader));
        BY_LOADER.put(loader, new SoftReference<>(known));
      }
      return known;
    }
  }

  /**
   * What these plugins bring, in their order.
   *
   * @throws PluginException if one cannot be used
   */
  public static Registry of(List<? extends SluicePlugin> plugins) {
    Registry registry = new Registry();
    for (SluicePlugin plugin : plugins) {
      try {
        plugin.register(registry.new Adding(plugin));
      } catch (PluginException e) {
        throw e;
      } catch (LinkageError e) {
        throw new PluginException(
            "The plugin %s was built against another version of Sluice (%s). Build it against this one, or remove its jar."
                .formatted(Origin.words(plugin.getClass()), e.getMessage()),
            e);
      } catch (RuntimeException e) {
        throw new PluginException(
            "The plugin %s fails while it registers its parts: %s. Mend it, or remove its jar."
                .formatted(Origin.words(plugin.getClass()), e),
            e);
      }
    }
    return registry;
  }

  private static List<SluicePlugin> found(ClassLoader loader) {
    List<SluicePlugin> plugins = new ArrayList<>();
    try {
      ServiceLoader.load(SluicePlugin.class, loader).forEach(plugins::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new PluginException(
          "A plugin on the class path cannot be loaded: %s. Mend its line in META-INF/services/%s, build it against this version of Sluice, or remove its jar."
              .formatted(e.getMessage(), SluicePlugin.class.getName()),
          e);
    }
    return plugins;
  }

  /** The parts of a port by their words, in the order in which they were added. */
  public Map<String, Class<? extends Record>> parts(Class<?> port) {
    return Collections.unmodifiableMap(parts.getOrDefault(port, Map.of()));
  }

  /** The ports that have parts, in the order of their first one. */
  public List<Class<?>> ports() {
    return List.copyOf(parts.keySet());
  }

  /** The words of before that still select a part of a port, each with the word of today. */
  public Map<String, String> aliases(Class<?> port) {
    return Collections.unmodifiableMap(aliases.getOrDefault(port, Map.of()));
  }

  /** The services of a port by name, in the order in which they were added. */
  public <S> Map<String, S> services(Class<S> port) {
    Map<String, S> found = new LinkedHashMap<>();
    services
        .getOrDefault(port, Map.of())
        .forEach((name, service) -> found.put(name, port.cast(service)));
    return Collections.unmodifiableMap(found);
  }

  /** The jars of third parties that bring parts or services. */
  public List<Path> pluginJars() {
    Set<Path> jars = new LinkedHashSet<>();
    parts.values().forEach(each -> each.values().forEach(part -> add(part, jars)));
    services
        .values()
        .forEach(each -> each.values().forEach(service -> add(service.getClass(), jars)));
    return List.copyOf(jars);
  }

  private static void add(Class<?> type, Set<Path> jars) {
    jarOfPlugin(type).ifPresent(jars::add);
  }

  /**
   * The jar of a third party that a class comes from; empty for what belongs to the program.
   *
   * @param type class of a part or a service
   */
  public static Optional<Path> jarOfPlugin(Class<?> type) {
    return type.getName().startsWith("dev.sluice.") ? Optional.empty() : Origin.of(type);
  }

  /** Adds what one plugin brings. */
  private final class Adding implements Registrar {
    private final SluicePlugin plugin;

    Adding(SluicePlugin plugin) {
      this.plugin = plugin;
    }

    @Override
    public <P> void part(Class<P> port, Class<? extends P> part) {
      if (!port.isAnnotationPresent(Port.class)) {
        throw new PluginException(
            "The plugin %s adds %s to %s, which is no port: it does not carry @Port. Name the interface of the parts."
                .formatted(words(), part.getName(), port.getName()));
      }
      Kind kind = part.getAnnotation(Kind.class);
      if (kind == null || !part.isRecord()) {
        throw new PluginException(
            "The plugin %s adds %s, which is no part: a part is a record that carries @Kind."
                .formatted(words(), part.getName()));
      }
      Map<String, Class<? extends Record>> known =
          parts.computeIfAbsent(port, any -> new LinkedHashMap<>());
      Map<String, String> old = aliases.computeIfAbsent(port, any -> new LinkedHashMap<>());
      free(port, kind.value(), part, known.get(taken(kind.value(), old)));
      known.put(kind.value(), part.asSubclass(Record.class));
      for (String alias : kind.aliases()) {
        free(port, alias, part, known.get(taken(alias, old)));
        old.put(alias, kind.value());
      }
    }

    private static String taken(String word, Map<String, String> aliases) {
      return aliases.getOrDefault(word, word);
    }

    private void free(Class<?> port, String word, Class<?> part, @Nullable Class<?> other) {
      if (other != null) {
        throw new PluginException(
            "Two parts of the port '%s' are called '%s': %s and %s. Rename one, or remove one of the jars."
                .formatted(
                    port.getAnnotation(Port.class).value(),
                    word,
                    Origin.words(other),
                    Origin.words(part)));
      }
    }

    @Override
    public <S> void service(Class<S> port, String name, S service) {
      Object other =
          services.computeIfAbsent(port, any -> new LinkedHashMap<>()).putIfAbsent(name, service);
      if (other != null) {
        throw new PluginException(
            "Two of the kind %s are called '%s': %s and %s. Rename one, or remove one of the jars."
                .formatted(
                    port.getSimpleName(),
                    name,
                    Origin.words(other.getClass()),
                    Origin.words(service.getClass())));
      }
    }

    private String words() {
      return Origin.words(plugin.getClass());
    }
  }
}
