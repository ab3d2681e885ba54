package dev.sluice.pipelines.file.yaml;

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
  private static final Map<Pattern, String> PLACES = new LinkedHashMap<>();

  static {
    place("name", "the ledger, to reports and to alerts");
    place("pipeline\\.transforms\\[\\d+]\\.name", "reports, to events and to names of folders");
    place(
        "pipeline\\.transforms\\[\\d+]\\.config\\.error_handling\\.output", "pipelines of others");
    place(
        "pipeline\\.transforms\\[\\d+]\\.config\\.(strategy\\.)?criteria\\[\\d+]\\.(id|text)",
        "rows");
    place("models\\.[^.]+\\.(model|revision)", "rows and to manifests");
    place("alerts\\[\\d+]\\.metric", "the ledger and to alerts");
    place("schedule\\..+", "the ledger, and to what each run was started with");
  }

  private LiteralTexts() {}

  private static void place(String path, String where) {
    PLACES.put(Pattern.compile(path), where);
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
