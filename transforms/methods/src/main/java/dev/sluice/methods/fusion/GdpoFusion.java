package dev.sluice.methods.fusion;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.advantage.Rewards;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Each term standardised in its group, summed, and standardised over the round. */
@Kind(
    value = "gdpo",
    doc =
        "Standardises each reward term in its group, takes the weighted sum and standardises that over the round, so that different combinations of rewards keep different advantages.")
@Method(
    name = "GDPO",
    paper = "GDPO, arXiv 2601.05242; TRL: multi_objective_aggregation 'normalize_then_sum'",
    formula =
        "S_i = sum over terms k of w_k A(r_k)_i; A_i = (S_i - mean(S)) / (std(S) + epsilon), moments over the rollouts of the round",
    papers = "2601.05242",
    departs =
        "The advantage of a term is that of the key 'advantage'; the default 'grpo' is the paper's. verl takes the moments over tokens. A group without an advantage has none afterwards.")
public record GdpoFusion(
    @Key(
            value = "Added to the standard deviation of the round (TRL uses 1.0e-4).",
            byDefault = "1.0e-4",
            min = 0,
            minExclusive = true)
        double epsilon)
    implements RoundFusion {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.ROUND);
  }

  @Override
  public List<double[]> advantages(List<List<TermRewards>> groups, GroupAdvantage estimator) {
    List<double[]> sums =
        groups.stream().map(terms -> AdvantageLevelFusion.sum(terms, estimator)).toList();
    double[] all = sums.stream().flatMapToDouble(Arrays::stream).toArray();
    double mean = Rewards.mean(all);
    double divisor = Rewards.deviation(all, Deviation.SAMPLE) + epsilon;
    return sums.stream().map(group -> standardised(group, mean, divisor)).toList();
  }

  /** A group without an advantage has none afterwards: the mean is 0 but for rounding. */
  private static double[] standardised(double[] group, double mean, double divisor) {
    return Arrays.stream(group).allMatch(each -> each == 0)
        ? new double[group.length]
        : Arrays.stream(group).map(each -> (each - mean) / divisor).toArray();
  }
}
