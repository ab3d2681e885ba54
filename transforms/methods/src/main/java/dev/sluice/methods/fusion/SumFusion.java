package dev.sluice.methods.fusion;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;

/** The weighted sum of the terms. */
@Kind(value = "sum", doc = "Weighted sum of the reward terms.")
@Method(name = "Weighted sum", formula = "r = sum over terms k of w_k r_k")
public record SumFusion() implements RewardFusion {

  @Override
  public double reward(List<TermReward> terms) {
    double sum = 0;
    for (TermReward each : terms) {
      sum += each.weight() * each.reward();
    }
    return sum;
  }
}
