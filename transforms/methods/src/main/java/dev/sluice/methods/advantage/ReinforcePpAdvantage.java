package dev.sluice.methods.advantage;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reward to go of each token, whitened over all tokens of the round. */
@Kind(
    value = "reinforce_pp",
    doc =
        "Reward to go of each token, whitened over all response tokens of the round, without a baseline of the group. With `kl: {place: reward, estimator: k1}` the KL penalty counts from its token back. With `max_deviation: 3` it is StableReinforce's.")
@Method(
    name = "REINFORCE++",
    paper =
        "REINFORCE++, arXiv 2501.03262; verl: reinforce_plus_plus; advantage filter: StableReinforce (R1-Reward), arXiv 2505.02835",
    formula =
        "R_it = r_i - weight * sum over s >= t of kl_is; A_it = (R_it - mean(R)) / sqrt(var(R) + epsilon), moments over all tokens of the round; 0 where |A_it| > max_deviation",
    papers = {"2501.03262", "2505.02835"},
    departs =
        "StableReinforce's code measures the filter's bounds from the mean before whitening and also drops |A| > 10; here the bounds are around 0, as in the paper.")
public record ReinforcePpAdvantage(
    @Key(
            value = "Added to the variance, so that the division is stable (verl uses 1.0e-8).",
            byDefault = "1.0e-8",
            min = 0,
            minExclusive = true)
        double epsilon,
    @Key(
            value =
                "Sets advantages further than this number of standard deviations from 0 to 0 (StableReinforce uses 3). Default: no filter.",
            min = 0,
            minExclusive = true)
        @Nullable Double maxDeviation)
    implements RoundAdvantage {

  @Override
  public boolean readsPenalties() {
    return true;
  }

  @Override
  public List<List<EstimatedAdvantage>> estimate(List<List<RewardedResponse>> groups) {
    double[] all =
        groups.stream()
            .flatMap(List::stream)
            .flatMapToDouble(each -> Arrays.stream(each.rewardToGo()))
            .toArray();
    boolean constant = Rewards.isConstant(all);
    double mean = Rewards.mean(all);
    double deviation = Rewards.deviation(all, Rewards.Deviation.SAMPLE);
    double scale = constant ? 0 : 1 / Math.sqrt(deviation * deviation + epsilon);
    List<List<EstimatedAdvantage>> estimated = new ArrayList<>();
    for (List<RewardedResponse> group : groups) {
      estimated.add(group.stream().map(each -> whitened(each, mean, scale)).toList());
    }
    return estimated;
  }

  private EstimatedAdvantage whitened(RewardedResponse response, double mean, double scale) {
    if (response.penalties().length == 0) {
      return EstimatedAdvantage.of(filtered((response.reward() - mean) * scale));
    }
    double[] tokens =
        Arrays.stream(response.rewardToGo()).map(toGo -> filtered((toGo - mean) * scale)).toArray();
    return new EstimatedAdvantage(Rewards.mean(tokens), tokens);
  }

  private double filtered(double advantage) {
    return maxDeviation != null && Math.abs(advantage) > maxDeviation ? 0 : advantage;
  }
}
