package dev.sluice.methods.credit;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<double[]> scores = Credited.standardisedScores(group, epsilon);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      Credited response = group.get(i);
      all.add(
          response.placed(
              Arrays.stream(scores.get(i))
                  .mapToObj(score -> response.advantage() + alpha * score)
                  .toList()));
    }
    return all;
  }
}
