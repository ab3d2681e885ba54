package dev.sluice.methods.credit;

import dev.sluice.methods.advantage.Rewards;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.methods.reward.StepGuard;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Step rewards standardised over the group, beside the response's advantage. */
@Kind(
    value = "global_step",
    doc =
        "A token's advantage is 0.8 times that of its response plus 0.2 times the sum of the standardised step rewards from its step on.")
@Method(
    name = "Global step reward",
    paper = "SPARK stepwise, arXiv 2512.03244, design 4",
    formula =
        "A_ik = 0.8 A_i + 0.2 sum over j >= k of (r_ij - mean(r)) / (std(r) + epsilon), r_ij = +-1 / K_i",
    papers = "2512.03244")
public record GlobalStepCredit(
    @Key(
            value = "Added to the standard deviation of the group's step rewards.",
            byDefault = "1.0e-4",
            min = 0,
            minExclusive = true)
        double epsilon)
    implements Credit {
  private static final double PROCESS_WEIGHT = 0.8;
  private static final double STEP_WEIGHT = 0.2;

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS, Need.STEP_SIGNS);
  }

  @Override
  public StepGuard guard() {
    return StepGuard.SIGNS;
  }

  @Override
  public List<double[]> spread(List<Credited> group) {
    List<double[]> rewards =
        Rewards.standardisedTogether(
            group.stream()
                .map(
                    each ->
                        each.signs().stream()
                            .mapToDouble(sign -> sign / each.signs().size())
                            .toArray())
                .toList(),
            Deviation.SAMPLE,
            epsilon);
    List<double[]> tokens = new ArrayList<>();
    for (int i = 0; i < rewards.size(); i++) {
      Credited response = group.get(i);
      List<Double> steps = new ArrayList<>();
      double suffix = 0;
      for (int at = rewards.get(i).length - 1; at >= 0; at--) {
        suffix += rewards.get(i)[at];
        steps.add(PROCESS_WEIGHT * response.advantage() + STEP_WEIGHT * suffix);
      }
      Collections.reverse(steps);
      tokens.add(response.placed(steps));
    }
    return tokens;
  }
}
