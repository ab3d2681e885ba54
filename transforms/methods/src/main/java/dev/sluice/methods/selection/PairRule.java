package dev.sluice.methods.selection;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;

/** Makes pairs of solutions of a problem of which one is preferred. */
@Port(value = "pair rule", stage = "SelectSolutions", key = "pairs", noun = "pairs")
public interface PairRule extends Part {

  /**
   * The pairs of the candidates of one problem. The order of the candidates makes no difference,
   * and equal rewards give no pair.
   */
  List<Pair> pairs(List<Candidate> candidates);

  /**
   * A pair.
   *
   * @param chosen has the higher reward
   * @param rejected has another text
   */
  record Pair(Candidate chosen, Candidate rejected) {}
}
