package dev.sluice.methods.credit;

import dev.sluice.methods.reward.StepGuard;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rewards of thoughts, which are runs of steps with the same verdict. */
@Kind(
    value = "thoughts",
    doc =
        "Merges consecutive steps with the same verdict into thoughts. In accepted rollouts, wrong thoughts lose `alpha` times the group's accuracy; in rejected ones, correct thoughts are not punished.")
@Method(
    name = "Thought-level rewards (TP-GRPO)",
    paper = "TP-GRPO, arXiv 2507.23317, propositions 1 and 2 (METHODS 2.7)",
    formula =
        "accepted: A_i for correct thoughts, A_i - alpha acc(group) for wrong ones; rejected, A_i <= 0: A_i for wrong thoughts, 0 for correct ones; as sums to go of rewards at the ends of thoughts",
    papers = "2507.23317",
    departs =
        "The paper finds wrong steps by self-reflections in accepted solutions and by agreement with the final answer in rejected ones; here they are the steps that the judge calls wrong. A rejected rollout with an advantage above 0 keeps it for all tokens.")
public record ThoughtsCredit(
    @Key(
            value =
                "What a wrong thought of an accepted rollout loses, as a multiple of the share of accepted rollouts in the group. The paper's value is not known.",
            byDefault = "0.5",
            min = 0)
        double alpha)
    implements Credit {

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
    double accuracy =
        (double) group.stream().filter(Credited::accepted).count() / Math.max(1, group.size());
    return group.stream().map(each -> each.placed(ofSteps(each, alpha * accuracy))).toList();
  }

  /** The advantage of each judged step. */
  private static List<Double> ofSteps(Credited response, double penalty) {
    List<Boolean> right = correct(response.signs());
    // What thoughts of the one kind get on top of the outcome; those of the other get nothing.
    double change = response.accepted() ? -penalty : -Math.min(0, response.advantage());
    Double[] steps = new Double[right.size()];
    double toGo = 0;
    for (int k = right.size() - 1; k >= 0; k--) {
      boolean changed = response.accepted() != right.get(k);
      boolean last = k == right.size() - 1;
      boolean ends = last || !right.get(k).equals(right.get(k + 1));
      // The last thought is already rewarded by the outcome, unless it is of the other kind.
      if (ends && (changed || !last)) {
        toGo += changed ? change : -change;
      }
      steps[k] = response.advantage() + toGo;
    }
    return Arrays.asList(steps);
  }

  /**
   * Whether each step is correct. A step without a verdict joins the one before it, and the first
   * ones the one after them; without any verdict there is nothing to reward.
   */
  private static List<Boolean> correct(List<Double> signs) {
    int first = 0;
    while (first < signs.size() && signs.get(first) == 0) {
      first++;
    }
    List<Boolean> correct = new ArrayList<>();
    for (int k = 0; first < signs.size() && k < signs.size(); k++) {
      double sign = signs.get(Math.max(k, first));
      correct.add(sign == 0 ? correct.get(k - 1) : sign > 0);
    }
    return correct;
  }
}
