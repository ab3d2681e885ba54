package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.stages.evaluation.EvaluateConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The numbers of samples at which a curve is measured. */
final class Sizes {
  private Sizes() {}

  /**
   * The sizes of a curve: those that the config names, else all powers of two up to the number of
   * solutions that every problem has, and that number.
   *
   * @param key the suite's key of the sizes, such as {@code best_of_n.n}
   * @throws IllegalArgumentException if a problem has fewer solutions than a size asks for
   */
  static List<Integer> of(
      String key, List<Integer> named, Map<String, List<ScoredSolution>> groups) {
    int fewest = groups.values().stream().mapToInt(List::size).min().orElse(0);
    for (int size : named) {
      if (size > fewest && !groups.isEmpty()) {
        String problem =
            groups.entrySet().stream()
                .filter(entry -> entry.getValue().size() < size)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        throw new IllegalArgumentException(
            "Evaluate measures '%s' at %d solutions, but problem %s has %d; name sizes up to the fewest solutions of a problem, %d."
                .formatted(
                    key, size, problem, groups.getOrDefault(problem, List.of()).size(), fewest));
      }
    }
    return named.isEmpty() ? upTo(fewest) : named.stream().sorted().distinct().toList();
  }

  /** All powers of two up to a number, and the number; none up to 0. */
  static List<Integer> upTo(int most) {
    List<Integer> sizes = new ArrayList<>();
    for (long size = 1; size < most; size *= 2) {
      sizes.add((int) size);
    }
    if (most > 0) {
      sizes.add(most);
    }
    return sizes;
  }

  /** A mistake for a size beyond the samples that the stage draws of each problem. */
  static List<ConfigMistake> mistakes(
      String key, List<Integer> named, ScoreSource.Pool solutions, EvaluateConfig config) {
    return named.stream()
        .filter(size -> solutions != ScoreSource.Pool.STORED && size > config.samples())
        .map(
            size ->
                new ConfigMistake(
                    "suites",
                    "'%s' is %d, but each problem has %d samples; set 'samples' to at least %d or leave the size out"
                        .formatted(key, size, config.samples(), size)))
        .toList();
  }

  /** A mistake for a size below 1. */
  static List<ConfigMistake> check(String key, List<Integer> named) {
    return named.stream()
        .filter(size -> size < 1)
        .map(
            size ->
                new ConfigMistake(
                    key, "a curve is measured at 1 sample or more, not at %d".formatted(size)))
        .toList();
  }
}
