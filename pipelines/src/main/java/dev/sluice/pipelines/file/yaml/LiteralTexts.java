package dev.sluice.pipelines.file.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Texts of a file that are written as they are where they stay: they take nothing from the
 * environment. Everything else that comes from it is shown as {@code ${NAME}} wherever it would be
 * written.
 */
final class LiteralTexts {
  private static final Map<Pattern, String> PLACES = places();

  private LiteralTexts() {}

  private static Map<Pattern, String> places() {
    Map<Pattern, String> places = new LinkedHashMap<>();
    place(places, "name", "the ledger, to reports and to alerts");
    place(
        places,
        "pipeline\\.transforms\\[\\d+]\\.name",
        "reports, to events and to names of folders");
    place(
        places,
        "pipeline\\.transforms\\[\\d+]\\.config\\.error_handling\\.output",
        "pipelines of others");
    place(
        places,
        "pipeline\\.transforms\\[\\d+]\\.config\\.(strategy\\.)?criteria\\[\\d+]\\.(id|text)",
        "rows");
    place(places, "models\\.[^.]+\\.(model|revision)", "rows and to manifests");
    place(places, "alerts\\[\\d+]\\.metric", "the ledger and to alerts");
    place(places, "schedule\\..+", "the ledger, and to what each run was started with");
    return Collections.unmodifiableMap(places);
  }

  private static void place(Map<Pattern, String> places, String path, String where) {
    places.put(Pattern.compile(path), where);
  }

  /** Why a value at a path takes nothing from the environment; empty if it may. */
  static Optional<String> objection(String path) {
    for (Map.Entry<Pattern, String> place : PLACES.entrySet()) {
      if (place.getKey().matcher(path).matches()) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        return Optional.of(
            "'%s' is written to %s, so it takes nothing from the environment, which may be secret; write it out, or take it from a parameter (${param.NAME})"
                .formatted(key, place.getValue()));
      }
    }
    return Optional.empty();
  }
}
