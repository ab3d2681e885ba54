package dev.sluice.methods.label;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer that most samples of one problem give. */
public final class ModalAnswer {
  private ModalAnswer() {}

  /**
   * The modal answer (maj@k over the first k samples' answers): the one given most often, among
   * equals the one given first; empty if no sample has an answer.
   *
   * @param answers normal forms of the answers in the order of the samples; empty text for a sample
   *     that has none, which abstains
   */
  public static Optional<String> of(List<String> answers) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String answer : answers) {
      if (!answer.isEmpty()) {
        counts.merge(answer, 1, Integer::sum);
      }
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
