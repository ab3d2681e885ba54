package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When two answers are the same. {@link #matches} compares a reply with a reference and forgives
 * what one of them leaves out; {@link #classes} parts replies into classes and forgives nothing,
 * but that a bare value joins the one class with a unit that has its value.
 */
public final class AnswerEquality {
  private static final int KEPT = 4096;

  private static final Map<String, AnswerValue> PARSED =
      new LinkedHashMap<>(256, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AnswerValue> eldest) {
          return size() > KEPT;
        }
      };

  private AnswerEquality() {}

  private static AnswerValue value(String answer) {
    synchronized (PARSED) {
      AnswerValue known = PARSED.get(answer);
      if (known != null) {
        return known;
      }
    }
    AnswerValue value = AnswerParser.parse(answer);
    synchronized (PARSED) {
      PARSED.put(answer, value);
    }
    return value;
  }

  /** Whether a reply's answer has the value of a reference; symmetric, not transitive. */
  public static boolean matches(String reference, String answer) {
    AnswerValue one = value(reference);
    AnswerValue other = value(answer);
    return one.key().equals(other.key()) || one.agrees(other);
  }

  /** Equal texts for answers that are equal without forgiving anything: an equivalence. */
  public static String key(String answer) {
    return value(answer).key();
  }

  /** The key of a value without its unit: lines of a solution seldom repeat one. */
  public static String keyWithoutUnit(String answer) {
    AnswerValue value = value(answer);
    return value instanceof AnswerValue.Quantity quantity ? quantity.formula() : value.key();
  }

  /** Whether the grammar reads an answer; what it does not read is compared by its text. */
  public static boolean reads(String answer) {
    return value(answer).parsed();
  }

  /**
   * The class of each answer, whatever their order: numbers from 0 in the order of their first
   * answers; -1 for none.
   */
  public static int[] classes(List<Optional<String>> answers) {
    Map<String, List<String>> withUnit = new HashMap<>();
    for (Optional<String> answer : answers) {
      if (answer.isPresent()
          && value(answer.get()) instanceof AnswerValue.Quantity quantity
          && !quantity.bare()) {
        List<String> keys = withUnit.computeIfAbsent(quantity.formula(), k -> new ArrayList<>());
        if (!keys.contains(quantity.key())) {
          keys.add(quantity.key());
        }
      }
    }
    Map<String, Integer> numbers = new HashMap<>();
    int[] classes = new int[answers.size()];
    for (int i = 0; i < classes.length; i++) {
      if (answers.get(i).isEmpty()) {
        classes[i] = -1;
        continue;
      }
      AnswerValue value = value(answers.get(i).get());
      String key = value.key();
      if (value instanceof AnswerValue.Quantity quantity && quantity.bare()) {
        List<String> joined = withUnit.getOrDefault(quantity.formula(), List.of());
        key = joined.size() == 1 ? joined.get(0) : key;
      }
      classes[i] = numbers.computeIfAbsent(key, unused -> numbers.size());
    }
    return classes;
  }
}
