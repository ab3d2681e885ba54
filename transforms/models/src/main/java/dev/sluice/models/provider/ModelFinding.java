package dev.sluice.models.provider;

import dev.sluice.models.ModelException;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a look at a model found before any work.
 *
 * @param key the key of the model's entry that is to blame, or would have to change
 * @param message a sentence without the model's name
 * @param mistake whether the model cannot be used like this; otherwise a person should know of it
 */
public record ModelFinding(String key, String message, boolean mistake) {

  /**
   * What a look at the place that a key names found.
   *
   * @param look gives what a person should know, or throws what is wrong
   */
  public static List<ModelFinding> at(String key, Supplier<List<String>> look) {
    try {
      return look.get().stream().map(warning -> new ModelFinding(key, warning, false)).toList();
    } catch (ModelException e) {
      return List.of(new ModelFinding(key, String.valueOf(e.getMessage()), true));
    }
  }
}
