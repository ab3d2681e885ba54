package dev.sluice.methods.credit;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;

/** The response's advantage and the step rewards still to come. */
@Kind(
    value = "suffix_sum",
    doc =
        "A token's advantage is that of its response plus the sum of the step scores from its step on.")
@Method(
    name = "Process rewards to go",
    paper = "On Designing Effective RL Reward, arXiv 2410.15115, section 4; TP-GRPO",
    formula = "A_it = A_i + sum over steps k that end at or after t of r_ik",
    papers = "2410.15115",
    departs =
        "The paper's PPO subtracts a critic's value; here the advantage of the outcome is relative to the group and step rewards are added as they are.")
public record SuffixSumCredit() implements Credit {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS, Need.STEP_SCORES);
  }

  @Override
  public List<double[]> spread(List<Credited> group) {
    return group.stream().map(each -> each.withToGo(each.scores())).toList();
  }
}
