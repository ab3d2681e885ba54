package dev.sluice.methods.selection;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;

/** Selects the solutions of a problem that a model is to learn. */
@Port(value = "selection rule", stage = "SelectSolutions", key = "select", noun = "selection")
public interface SelectionRule extends Part {

  /**
   * The selected ones of the candidates of one problem, by rising index. The order of the
   * candidates makes no difference.
   */
  List<Candidate> select(List<Candidate> candidates);
}
