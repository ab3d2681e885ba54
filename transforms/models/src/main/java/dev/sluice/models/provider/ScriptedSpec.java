package dev.sluice.models.provider;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model of fixed replies, for tests.
 *
 * @param replies sample i of a prompt gets the reply i, around, of the entry whose key the prompt
 *     contains, the first in alphabetical order; the key {@code *} stands for every other prompt
 */
@Kind(value = "scripted", doc = "Fixed replies, for tests.")
public record ScriptedSpec(
    @Key(
            "Replies by a substring of the prompt; the first matching substring in alphabetical order applies, `*` matches any other prompt. Sample i gets reply i, and the list repeats.")
        Map<String, List<String>> replies)
    implements ModelProvider {
  private static final String ANY = "*";

  public ScriptedSpec {
    replies = Collections.unmodifiableMap(new LinkedHashMap<>(replies));
  }

  /**
   * The engine is in the fingerprint as of a model that computes, whose place it takes in tests.
   */
  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.GENERATES, Capability.COMPUTES_HERE);
  }

  @Override
  public LanguageModel open(OpenRequest request) {
    // A fingerprint does not see in which order a file writes the entries.
    Map<String, List<String>> sorted = new TreeMap<>(replies);
    return new ScriptedLanguageModel(
        name(),
        request.model().revision(),
        (prompt, sampling, sample, seed) -> reply(sorted, prompt, sample));
  }

  private static String reply(Map<String, List<String>> replies, String prompt, int sample) {
    for (Map.Entry<String, List<String>> each : replies.entrySet()) {
      if (!each.getKey().equals(ANY) && prompt.contains(each.getKey())) {
        return around(each.getValue(), sample);
      }
    }
    List<String> any = replies.get(ANY);
    if (any == null) {
      throw new IllegalArgumentException(
          "The scripted model has no reply to a prompt that begins with '%s'."
              .formatted(prompt.substring(0, Math.min(40, prompt.length()))));
    }
    return around(any, sample);
  }

  private static String around(List<String> replies, int sample) {
    return replies.get(sample % replies.size());
  }

  @Override
  public Path folder(OpenRequest request) {
    throw new ModelException(
        "A scripted model has no weights, so nothing can be trained from it. Name a model of the provider 'djl'.");
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, objection());
  }

  private String objection() {
    for (Map.Entry<String, List<String>> entry : replies.entrySet()) {
      if (entry.getValue().isEmpty()) {
        return "replies to '" + entry.getKey() + "' must hold at least one reply";
      }
    }
    return replies.isEmpty() ? "replies must hold at least one entry" : "";
  }
}
