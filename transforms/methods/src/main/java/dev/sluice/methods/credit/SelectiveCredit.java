package dev.sluice.methods.credit;

import dev.sluice.methods.reward.StepGuard;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;

/** The advantage for the steps whose sign agrees with it. */
@Kind(
    value = "selective",
    doc =
        "Tokens of a step keep the advantage of the response if the judge's verdict on the step has the same sign.")
@Method(
    name = "Selective advantage",
    paper = "SPARK stepwise, arXiv 2512.03244, design 3",
    formula =
        "A_ik = A_i if A_i >= 0 and step k is correct, or A_i < 0 and it is not; else others A_i",
    papers = "2512.03244")
public record SelectiveCredit(
    @Key(
            value = "Share of the advantage that tokens of the other steps keep.",
            byDefault = "0",
            min = 0,
            max = 1)
        double others)
    implements Credit {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS, Need.STEP_SIGNS);
  }

  @Override
  public StepGuard guard() {
    return StepGuard.OUTCOME;
  }

  @Override
  public List<double[]> spread(List<Credited> group) {
    return group.stream().map(each -> each.placed(ofSteps(each))).toList();
  }

  private List<Double> ofSteps(Credited response) {
    double whole = response.advantage();
    return response.signs().stream().map(sign -> kept(whole, sign) ? whole : rest(whole)).toList();
  }

  /** No part of a negative advantage is 0, not -0. */
  private double rest(double advantage) {
    return others == 0 ? 0 : advantage * others;
  }

  private static boolean kept(double advantage, double sign) {
    return advantage >= 0 ? sign > 0 : sign < 0;
  }
}
