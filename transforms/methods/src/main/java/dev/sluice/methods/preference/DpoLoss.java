package dev.sluice.methods.preference;

import dev.sluice.methods.Sigmoid;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** Direct preference optimisation. */
@Kind(
    value = "dpo",
    doc =
        "Direct preference optimisation: raises the chosen response against the rejected one, both relative to the reference policy.")
@Method(
    name = "DPO",
    paper =
        "DPO, arXiv 2305.18290, eq. 7; label smoothing: A note on DPO with noisy preferences (cDPO)",
    formula =
        "-(1 - e) log sigma(beta d) - e log sigma(-beta d), d = log(pi / pi_ref)(chosen) - log(pi / pi_ref)(rejected)",
    papers = "2305.18290",
    departs =
        "The pairs are of the policy's own rollouts and their rewards in each round, and log-probabilities are at 'temperature'.")
public record DpoLoss(
    @Key(
            value = "How strongly the policy is held to the reference.",
            byDefault = "0.1",
            min = 0,
            minExclusive = true)
        double beta,
    @Key(
            value = "Share of the pairs that are taken to be in the wrong order; below 0.5.",
            byDefault = "0",
            min = 0,
            max = 0.5)
        double labelSmoothing,
    @Key(
            value =
                "Pairs of a group: its best and worst rollout (`best_worst`), or any two with different rewards (`all`).",
            byDefault = "best_worst")
        Pairing pairs)
    implements PairedLoss {

  @Override
  public List<ConfigMistake> check(String key) {
    return labelSmoothing < 0.5
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".label_smoothing",
                "is 0.5, at which both orders of a pair cost the same and nothing is learnt; give less than 0.5"));
  }

  @Override
  public Value of(Side chosen, Side rejected) {
    double margin = beta * (chosen.logRatio() - rejected.logRatio());
    double loss =
        (1 - labelSmoothing) * Sigmoid.minusLog(margin)
            + labelSmoothing * Sigmoid.minusLog(-margin);
    double slope =
        beta * (labelSmoothing * Sigmoid.of(margin) - (1 - labelSmoothing) * Sigmoid.of(-margin));
    return new Value(loss, slope, -slope);
  }
}
