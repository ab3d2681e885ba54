package dev.sluice.stages.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer that most members of a group give (Co-Reward's single view, METHODS 2.11). */
final class GroupMajority {
  private GroupMajority() {}

  /** The modal answer, ties to the one that comes first; empty without any. Empty texts abstain. */
  static Optional<String> mode(List<String> answers) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String answer : answers) {
      if (!answer.isEmpty()) {
        counts.merge(answer, 1, Integer::sum);
      }
    }
    Optional<String> best = Optional.empty();
    int most = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        best = Optional.of(entry.getKey());
      }
    }
    return best;
  }
}
