package dev.sluice.methods.credit;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Step scores standardised over the group, summed from each token on. */
@Kind(
    value = "process_supervision",
    doc =
        "A token's advantage is the sum of the step scores from its step on, standardised over the group.")
@Method(
    name = "Process supervision of GRPO",
    paper = "DeepSeekMath, arXiv 2402.03300, section 4.1.3",
    formula =
        "A_it = A_i + sum over steps k that end at or after t of (s_ik - mean(s)) / (std(s) + epsilon)",
    papers = "2402.03300",
    departs =
        "The paper uses step scores only; here reward terms without step scores add their advantage A_i.")
public record ProcessSupervisionCredit(
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
    List<double[]> scores = Credited.standardisedScores(group, epsilon);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      all.add(group.get(i).withToGo(Arrays.stream(scores.get(i)).boxed().toList()));
    }
    return all;
  }
}
