package dev.sluice.stages.evaluation;

import dev.sluice.parts.Registry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The registered suites with their defaults, by their words. */
final class Suites {
  static final Map<String, Suite> ALL = all();

  private Suites() {}

  private static Map<String, Suite> all() {
    Map<String, Suite> suites = new LinkedHashMap<>();
    Registry.get().parts(Suite.class).forEach((word, type) -> suites.put(word, usual(type)));
    return Collections.unmodifiableMap(suites);
  }

  private static Suite usual(Class<? extends Record> type) {
    try {
      return (Suite) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "The suite %s has no public constructor without parameters, which gives its keys their defaults; add one."
              .formatted(type.getName()),
          e);
    }
  }
}
