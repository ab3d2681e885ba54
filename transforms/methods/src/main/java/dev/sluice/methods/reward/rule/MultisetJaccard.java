package dev.sluice.methods.reward.rule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Overlap of two collections that may hold an item several times. */
final class MultisetJaccard {
  private MultisetJaccard() {}

  /** Common items over all items, each as often as it occurs; 1 for two empty collections. */
  static double of(Collection<?> first, Collection<?> second) {
    Map<Object, Integer> left = new HashMap<>();
    first.forEach(item -> left.merge(item, 1, Integer::sum));
    int common = 0;
    for (Object item : second) {
      Integer count = left.get(item);
      if (count != null && count > 0) {
        left.put(item, count - 1);
        common++;
      }
    }
    int all = first.size() + second.size() - common;
    return all == 0 ? 1 : (double) common / all;
  }
}
