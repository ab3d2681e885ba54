package dev.sluice.models;

import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of fixed replies, for tests.
 *
 * @param replies sample i of a prompt gets the reply i, around, of the first entry whose key the
 *     prompt contains; the key {@code *} stands for every other prompt
 */
@Kind(value = "scripted", doc = "Fixed replies, for tests.")
public record ScriptedSpec(
    @Key(
            "Replies by a part of the prompt; `*` for any other prompt. Sample i gets reply i, around.")
        Map<String, List<String>> replies)
    implements ModelSpec {

  public ScriptedSpec {
    replies = Collections.unmodifiableMap(new LinkedHashMap<>(replies));
  }

  @Override
  public String objection() {
    for (Map.Entry<String, List<String>> entry : replies.entrySet()) {
      if (entry.getValue().isEmpty()) {
        return "replies to '" + entry.getKey() + "' must hold at least one reply";
      }
    }
    return replies.isEmpty() ? "replies must hold at least one entry" : "";
  }
}
