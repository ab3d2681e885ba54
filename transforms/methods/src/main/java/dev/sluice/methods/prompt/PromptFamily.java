package dev.sluice.methods.prompt;

import dev.sluice.parts.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A prompt that a pipeline file names by a word: {@code prompt: {family: spark}}. */
public interface PromptFamily {
  /**
   * The prompt of the problem's own world. It is code: each world has its texts, and a problem says
   * of which it is.
   */
  String TASK = "task";

  /** What it asks for. */
  PromptPurpose asksFor();

  /** The file that it is, as YAML. */
  String yaml();

  /** The same, read. */
  PromptText text();

  /** All of them by name, in the order in which they were added. */
  static Map<String, PromptFamily> all() {
    return Registry.get().services(PromptFamily.class);
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static PromptFamily named(String name) {
    PromptFamily found = all().get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "There is no prompt family '%s'; there are %s."
              .formatted(name, String.join(", ", all().keySet())));
    }
    return found;
  }

  /** The names of those that ask for one of some, {@link #TASK} first. */
  static List<String> names(Set<PromptPurpose> wanted) {
    List<String> names = new ArrayList<>(List.of(TASK));
    all()
        .forEach(
            (name, family) -> {
              if (wanted.contains(family.asksFor())) {
                names.add(name);
              }
            });
    return List.copyOf(names);
  }
}
