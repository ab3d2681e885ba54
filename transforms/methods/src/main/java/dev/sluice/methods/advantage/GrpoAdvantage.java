package dev.sluice.methods.advantage;

import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** GRPO: standardised within the group. */
@Kind(
    value = "grpo",
    doc = "Reward minus the group's mean, divided by the group's standard deviation.")
@Method(
    name = "GRPO",
    paper = "DeepSeekMath, arXiv 2402.03300, section 4.1.2",
    formula = "A_i = (r_i - mean(r)) / (std(r) + epsilon)",
    papers = "2402.03300",
    departs = "The paper adds no epsilon; verl adds 1e-6, TRL 1e-4.")
public record GrpoAdvantage(
    @Key(
            value =
                "Standard deviation of a group of G rollouts: `sample` divides by G - 1, `population` by G.",
            byDefault = "sample")
        Deviation deviation,
    @Key(
            value = "Added to the group's standard deviation, so that the division is stable.",
            byDefault = "1.0e-4",
            min = 0,
            minExclusive = true)
        double epsilon)
    implements GroupAdvantage {

  @Override
  public double[] ofVaried(double[] rewards) {
    return Rewards.standardised(rewards, deviation, epsilon);
  }
}
