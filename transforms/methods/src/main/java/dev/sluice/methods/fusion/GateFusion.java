package dev.sluice.methods.fusion;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;

/** Terms that count only where another one says yes. */
@Kind(
    value = "gate",
    doc =
        "Weighted sum of the reward terms, in which all other terms count only if the term `by` is above a threshold.")
@Method(
    name = "Gated sum",
    paper = "R1-Reward, arXiv 2505.02835: a consistency reward that counts only for a right answer",
    formula = "r = w_by r_by + 1[r_by > above] * sum over the other terms k of w_k r_k",
    papers = "2505.02835",
    departs =
        "R1-Reward adds its format reward whatever the answer is; give such a term with 'fusion: sum' and a shape instead.")
public record GateFusion(
    @Key("Kind of the reward term that decides.") String by,
    @Key(value = "The other terms count if the term `by` is above this value.", byDefault = "0.5")
        double above)
    implements RewardFusion {

  @Override
  public Optional<String> term() {
    return Optional.of(by);
  }

  @Override
  public double reward(List<TermReward> terms) {
    double own = 0;
    double others = 0;
    boolean open = true;
    for (TermReward each : terms) {
      if (each.term().equals(by)) {
        own += each.weight() * each.reward();
        open &= each.reward() > above;
      } else {
        others += each.weight() * each.reward();
      }
    }
    return open ? own + others : own;
  }
}
