package dev.sluice.methods.credit;

import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The worst step still to come, against the mean reward per token of the other responses. */
@Kind(
    value = "min_form",
    doc =
        "A token's advantage is that of its response plus, in effect, the lowest step score from its step on, minus what the group's other rollouts earn with as many tokens. More steps do not raise it.")
@Method(
    name = "Min-form credit (PURE)",
    paper = "Stop Summation (PURE), arXiv 2504.15275, with its code (CJReinforce/PURE)",
    formula =
        "r*_k = softmax(-r / T)_k r_k; b_i = sum over j != i of r*_j / sum over j != i of tokens_j; A_it = A_i + sum over steps k that end at or after t of (r*_ik - b_i tokens_ik)",
    papers = "2504.15275",
    departs =
        "PURE's step rewards are P(correct) - P(wrong); give the reward `shape: [signed]` for that. Tokens between steps belong to a step. A rollout without step scores (its format gate failed) counts as one step with the lowest reward of the group, at most 0. A_i is that of the other reward terms; PURE uses 'advantage: rloo'.")
public record MinFormCredit(
    @Key(
            value =
                "Temperature T of the softmax over steps; 0 gives the whole weight to the lowest score.",
            byDefault = "0.1",
            min = 0)
        double temperature)
    implements Credit {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS, Need.STEP_SCORES);
  }

  @Override
  public List<double[]> spread(List<Credited> group) {
    List<double[]> rewards = group.stream().map(each -> weighted(each.scores())).toList();
    double least =
        rewards.stream()
            .filter(each -> each.length > 0)
            .mapToDouble(each -> Arrays.stream(each).sum())
            .min()
            .orElse(0);
    double[] totals = new double[group.size()];
    for (int i = 0; i < totals.length; i++) {
      boolean scored = rewards.get(i).length > 0;
      totals[i] = scored ? Arrays.stream(rewards.get(i)).sum() : Math.min(0, least);
    }
    double total = Arrays.stream(totals).sum();
    long length = group.stream().mapToLong(Credited::tokens).sum();
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < totals.length; i++) {
      Credited response = group.get(i);
      long others = length - response.tokens();
      double baseline = others == 0 ? 0 : (total - totals[i]) / others;
      all.add(
          rewards.get(i).length == 0
              ? asOneStep(response, totals[i] - baseline * response.tokens())
              : response.withToGo(lessBaseline(response, rewards.get(i), baseline)));
    }
    return all;
  }

  private static double[] asOneStep(Credited response, double reward) {
    double[] tokens = new double[response.tokens()];
    Arrays.fill(tokens, response.advantage() + reward);
    return tokens;
  }

  private static List<Double> lessBaseline(Credited response, double[] rewards, double baseline) {
    List<Double> left = new ArrayList<>();
    for (int k = 0; k < rewards.length; k++) {
      int tokens = response.spans().get(k).end() - response.spans().get(k).begin();
      left.add(rewards[k] - baseline * tokens);
    }
    return left;
  }

  /** The scores of steps, weighted so that their sum is nearly the lowest of them. */
  double[] weighted(List<Double> scores) {
    double[] weighted = new double[scores.size()];
    if (weighted.length == 0) {
      return weighted;
    }
    double least = scores.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    if (temperature == 0) {
      weighted[scores.indexOf(least)] = least;
      return weighted;
    }
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp((least - score) / temperature);
    }
    for (int k = 0; k < weighted.length; k++) {
      weighted[k] = Math.exp((least - scores.get(k)) / temperature) / sum * scores.get(k);
    }
    return weighted;
  }
}
