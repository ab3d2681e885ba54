package dev.sluice.runners.chaos;

import java.util.Map;
import java.util.TreeMap;

/** What all rounds came to. */
final class Tally {
  private int rounds;
  private int kills;
  private long repeated;
  private long inFlight;
  private int unsound;

  /**
   * Looks at what a round left.
   *
   * @param digests of the undisturbed run
   * @param units of the undisturbed run
   * @return whether nothing is wrong
   */
  boolean add(int round, Disturbance disturbance, Map<String, String> digests, long units) {
    Sluice sluice = disturbance.sluice();
    Sluice.Units done = sluice.units();
    long again = done.begun() - units;
    boolean clean = sluice.await(sluice.start("verify")) == 0;
    Map<String, String> differing = new TreeMap<>(sluice.digests());
    differing.entrySet().removeIf(one -> one.getValue().equals(digests.get(one.getKey())));
    boolean sound = clean && differing.isEmpty() && again <= done.atWork();
    rounds++;
    kills += disturbance.kills();
    repeated += again;
    inFlight += done.atWork();
    unsound += sound ? 0 : 1;
    System.out.printf(
        "round %d: %d kills (%s), %d units again, %d in flight at the kills: %s%n",
        round,
        disturbance.kills(),
        disturbance.moments(),
        again,
        done.atWork(),
        sound
            ? "ok"
            : "WRONG: digests differ in %s, verify %s; see %s"
                .formatted(
                    differing.keySet(), clean ? "clean" : "found damage", sluice.workspace()));
    return sound;
  }

  boolean sound() {
    return unsound == 0;
  }

  @Override
  public String toString() {
    return "%d rounds, %d kills: %d rounds wrong, %d units done again, %d in flight at the kills"
        .formatted(rounds, kills, unsound, repeated, inFlight);
  }
}
