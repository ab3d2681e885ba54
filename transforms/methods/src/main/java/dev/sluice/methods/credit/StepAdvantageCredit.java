package dev.sluice.methods.credit;

import dev.sluice.methods.advantage.Rewards;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The advantage of a step added to that of its response. */
@Kind(
    value = "step_advantage",
    doc =
        "A token's advantage is that of its response plus a share of its own step's score, standardised over all steps of the group.")
@Method(
    name = "Step-level advantage",
    paper = "iStar (OPRL), arXiv 2509.19199",
    formula = "A_it = A_i + alpha (s_ik - mean(s)) / (std(s) + epsilon), t in step k",
    papers = "2509.19199",
    departs =
        "The paper's step scores are log-ratios of an implicit reward model; here they are those of any reward term that gives scores of steps.")
public record StepAdvantageCredit(
    @Key(value = "Weight of the step's advantage.", byDefault = "1.0", min = 0) double alpha,
    @Key(
            value = "Added to the standard deviation of the group's step scores.",
            byDefault = "1.0e-4",
            min = 0,
            minExclusive = true)
        double epsilon)
    implements Credit {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS, Need.STEP_SCORES);
  }

  @Override
  public List<double[]> spread(List<Credited> group) {
    double[] pool =
        group.stream()
            .flatMap(each -> each.scores().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] z = Rewards.standardised(pool, Deviation.SAMPLE, epsilon);
    List<double[]> all = new ArrayList<>();
    int next = 0;
    for (Credited response : group) {
      List<Double> steps = new ArrayList<>();
      for (int k = 0; k < response.scores().size(); k++) {
        steps.add(response.advantage() + alpha * z[next++]);
      }
      all.add(response.placed(steps));
    }
    return all;
  }
}
