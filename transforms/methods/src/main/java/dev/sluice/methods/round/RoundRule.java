package dev.sluice.methods.round;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;

/** Decides after a round what the next ones start from. The rules apply one after another. */
@Port(value = "round rule", stage = "UpdatePolicy", key = "round_rules")
public interface RoundRule extends Part {

  /**
   * The state after a round. It must follow from the arguments alone: a run that goes on after a
   * kill derives it again from the finished rounds.
   *
   * @param report of the round that just ended
   * @param state after the round before, as the rules before this one leave it
   */
  RoundState after(RoundReport report, RoundState state);
}
