package dev.sluice.methods.advantage;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;

/** RLOO: each reward against the mean of the others. */
@Kind(value = "rloo", doc = "Reward minus the mean reward of the group's other rollouts.")
@Method(
    name = "REINFORCE leave-one-out",
    paper = "Back to Basics, arXiv 2402.14740, section 3.3",
    formula = "A_i = (G r_i - sum(r)) / (G - 1)",
    papers = "2402.14740")
public record RlooAdvantage() implements GroupAdvantage {

  @Override
  public double[] ofVaried(double[] rewards) {
    int size = rewards.length;
    double sum = Rewards.mean(rewards) * size;
    double[] advantages = new double[size];
    for (int i = 0; i < size; i++) {
      advantages[i] = (size * rewards[i] - sum) / (size - 1);
    }
    return advantages;
  }
}
