package dev.sluice.methods.reply;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a parser found in a reply. A reply in which it found nothing is an abstention.
 *
 * @param verdicts the verdict on each step; empty if the reply is no vote on so many steps
 * @param stated the verdicts on steps that the reply states, however many; empty if it states none,
 *     or leaves open how many steps there are
 * @param outcome the verdict on the whole; empty if the reply states none
 * @param score from 0 to 1; empty if there is none
 * @param preference which of two texts is better; empty if the reply does not say
 * @param fields texts by name; empty if there are none
 */
public record Reading(
    Optional<List<Boolean>> verdicts,
    List<Boolean> stated,
    Optional<Boolean> outcome,
    OptionalDouble score,
    Optional<Preference> preference,
    Map<String, String> fields) {

  /** Nothing was found. */
  public static final Reading NOTHING =
      new Reading(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          Map.of());

  /** Which of two texts is better. */
  public enum Preference {
    /** The first. */
    A,
    /** The second. */
    B,
    /** Neither. */
    TIE
  }

  public Reading {
    verdicts = verdicts.map(List::copyOf);
    stated = List.copyOf(stated);
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /** Verdicts on steps. */
  static Reading steps(Optional<List<Boolean>> verdicts, List<Boolean> stated) {
    return new Reading(
        verdicts, stated, Optional.empty(), OptionalDouble.empty(), Optional.empty(), Map.of());
  }

  /** A verdict on the whole alone. */
  static Reading outcome(Optional<Boolean> outcome) {
    return NOTHING.withOutcome(outcome);
  }

  Reading withOutcome(Optional<Boolean> said) {
    return new Reading(verdicts, stated, said, score, preference, fields);
  }

  Reading withScore(OptionalDouble said) {
    return new Reading(verdicts, stated, outcome, said, preference, fields);
  }

  Reading withPreference(Optional<Preference> said) {
    return new Reading(verdicts, stated, outcome, score, said, fields);
  }

  Reading withFields(Map<String, String> said) {
    return new Reading(verdicts, stated, outcome, score, preference, said);
  }

  /** Whether anything was found. */
  public boolean parsed() {
    return !equals(NOTHING);
  }
}
