package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Kind;
import java.util.Set;

/** Step scores from -1 to 1. */
@Kind(
    value = "signed",
    doc =
        "Step scores from 0 to 1 as scores from -1 to 1: the probability of a correct step minus that of a wrong one.")
@Method(
    name = "Signed step scores",
    paper = "Stop Summation (PURE), arXiv 2504.15275",
    formula = "r_k = 2 p_k - 1 = p_k - (1 - p_k), r = sum(r_k)",
    papers = "2504.15275")
public record SignedShaping() implements ScoreShaping {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEP_SCORES);
  }

  @Override
  public Score shape(Score score) {
    return score.withSteps(score.stepScores().stream().map(each -> 2 * each - 1).toList());
  }
}
