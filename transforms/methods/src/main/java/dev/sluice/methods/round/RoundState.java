package dev.sluice.methods.round;

import java.util.Map;
import java.util.TreeMap;

/**
 * What rounds start from.
 *
 * @param reference round whose policy is the reference of the KL estimate; 0 for the first policy.
 *     An update whose reference is the policy that it starts from begins with a fresh optimiser
 * @param numbers what rules remember, by a name that begins with the rule's word
 */
public record RoundState(int reference, Map<String, Double> numbers) {
  /** Before any round. */
  public static final RoundState START = new RoundState(0, Map.of());

  public RoundState {
    numbers = Map.copyOf(numbers);
  }

  /** The same with a number. */
  public RoundState with(String name, double value) {
    Map<String, Double> all = new TreeMap<>(numbers);
    all.put(name, value);
    return new RoundState(reference, all);
  }

  /** The same with another reference. */
  public RoundState withReference(int round) {
    return new RoundState(round, numbers);
  }
}
