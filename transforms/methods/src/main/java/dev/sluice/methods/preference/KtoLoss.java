package dev.sluice.methods.preference;

import dev.sluice.methods.Sigmoid;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** Kahneman-Tversky optimisation. */
@Kind(
    value = "kto",
    doc =
        "Kahneman-Tversky optimisation: raises responses that are wanted and lowers the others, relative to the reference policy and to the mean divergence from it.")
@Method(
    name = "KTO",
    paper = "KTO, arXiv 2402.01306, eq. 7 and 8",
    formula =
        "wanted: w+ (1 - sigma(beta (r - z))), else w- (1 - sigma(beta (z - r))); r = log(pi / pi_ref)(response), z = max(0, mean of log(pi / pi_ref) of responses after the next problem's prompt)",
    papers = "2402.01306",
    departs =
        "z is estimated once per round, with the policy that wrote the rollouts; with 'updates_per_round: 1' that is the paper's.")
public record KtoLoss(
    @Key(
            value = "How strongly the policy is held to the reference.",
            byDefault = "0.1",
            min = 0,
            minExclusive = true)
        double beta,
    @Key(value = "Weight of responses that are wanted.", byDefault = "1.0", min = 0)
        double wantedWeight,
    @Key(value = "Weight of the other responses.", byDefault = "1.0", min = 0)
        double unwantedWeight,
    @Key(value = "A rollout with a reward above it is wanted.", byDefault = "0.5")
        double wantedAbove)
    implements UnpairedLoss {

  @Override
  public Value of(double logRatio, boolean wanted, double point) {
    double sign = wanted ? 1 : -1;
    double weight = wanted ? wantedWeight : unwantedWeight;
    double value = Sigmoid.of(sign * beta * (logRatio - point));
    return new Value(weight * (1 - value), -sign * beta * weight * value * (1 - value));
  }
}
