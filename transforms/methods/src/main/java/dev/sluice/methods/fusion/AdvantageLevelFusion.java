package dev.sluice.methods.fusion;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;

/** The weighted sum of the advantages of the terms. */
@Kind(
    value = "advantage_level",
    doc =
        "Weighted sum of the advantages that each reward term has by itself, so that no term outweighs another by its scale. For step scores use it with `credit: step_advantage`.")
@Method(
    name = "Fusion of advantages",
    paper = "iStar (OPRL), arXiv 2509.19199",
    formula = "A_i = sum over terms k of w_k A(r_k)_i, A the estimator of 'advantage'",
    papers = "2509.19199",
    departs = "iStar fuses one outcome reward and one step reward; here any number of terms.")
public record AdvantageLevelFusion() implements GroupFusion {

  @Override
  public double[] advantages(List<TermRewards> terms, GroupAdvantage estimator) {
    return sum(terms, estimator);
  }

  /** The weighted sum of the advantages of each term in one group. */
  static double[] sum(List<TermRewards> terms, GroupAdvantage estimator) {
    double[] sum = new double[terms.get(0).rewards().length];
    for (TermRewards each : terms) {
      double[] advantages = estimator.of(each.rewards());
      for (int i = 0; i < sum.length; i++) {
        sum[i] += each.weight() * advantages[i];
      }
    }
    return sum;
  }
}
