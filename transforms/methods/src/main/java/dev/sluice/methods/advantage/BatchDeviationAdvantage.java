package dev.sluice.methods.advantage;

import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Arrays;
import java.util.List;

/** Centred within the group, and divided by the deviation of the whole round. */
@Kind(
    value = "batch_std",
    doc =
        "Reward minus the group's mean, divided by the standard deviation of all rewards of the round.")
@Method(
    name = "Group mean, batch deviation",
    paper = "Tricks or Traps? (Lite PPO), arXiv 2508.08221; TRL: scale_rewards 'batch'",
    formula = "A_i = (r_i - mean of its group) / (std of all rewards of the round + epsilon)",
    papers = "2508.08221")
public record BatchDeviationAdvantage(
    @Key(
            value = "Added to the standard deviation, so that the division is stable.",
            byDefault = "1.0e-4",
            min = 0,
            minExclusive = true)
        double epsilon)
    implements RoundAdvantage.OfRewards {

  @Override
  public List<double[]> of(List<double[]> groups) {
    double[] all = groups.stream().flatMapToDouble(Arrays::stream).toArray();
    double divisor = Rewards.deviation(all, Deviation.SAMPLE) + epsilon;
    return groups.stream()
        .map(
            group ->
                Rewards.isConstant(group)
                    ? new double[group.length]
                    : Rewards.divided(Rewards.centred(group), divisor))
        .toList();
  }
}
