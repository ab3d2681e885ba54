package dev.sluice.pipelines.file;

import dev.sluice.records.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage's config with sorted keys: as a tree for those who compare it, as JSON for those who hash
 * it. A text from the environment is {@code ${NAME}} in all of them.
 *
 * @param full every key, defaults included
 * @param semantic the same without tuning keys and without names of models and files: what a
 *     manifest keeps
 * @param semanticOfUnit the same without keys that decide only how many units there are
 * @param decisive {@code semantic} without keys at their default: what a fingerprint sees, so that
 *     a new key makes nobody's rows again
 * @param decisiveOfUnit {@code semanticOfUnit} without keys at their default
 */
public record ConfigTexts(
    String full,
    Map<String, @Nullable Object> semantic,
    Map<String, @Nullable Object> semanticOfUnit,
    String decisive,
    String decisiveOfUnit) {

  /**
   * The key that holds the version of a part, from 2 on, in all but {@code full}. No key of a file
   * is written so.
   */
  public static final String VERSION = "@version";

  static ConfigTexts of(Record config, Map<String, String> secrets) {
    return new ConfigTexts(
        Json.line(Canonical.complete(secrets, Canonical.Scope.ALL).tree(config)),
        Canonical.complete(secrets, Canonical.Scope.STAGE).tree(config),
        Canonical.complete(secrets, Canonical.Scope.UNIT).tree(config),
        Json.line(Canonical.withoutDefaults(secrets, Canonical.Scope.STAGE).tree(config)),
        Json.line(Canonical.withoutDefaults(secrets, Canonical.Scope.UNIT).tree(config)));
  }
}
