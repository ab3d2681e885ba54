package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;

/** Step scores without what is above a threshold. */
@Kind(
    value = "clip",
    doc = "Sum over steps of min(step score - eta, 0). Writing more steps never raises it.")
@Method(
    name = "Clip",
    paper = "On Designing Effective RL Reward, arXiv 2410.15115, section 4",
    formula = "r_k = min(p_k - eta, 0), r = sum(r_k)",
    papers = "2410.15115")
public record ClipShaping(
    @Key(value = "Threshold; choose it so that most steps score above it.", min = 0, max = 1)
        double eta)
    implements ScoreShaping {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEP_SCORES);
  }

  @Override
  public Score shape(Score score) {
    return score.withSteps(clipped(score.stepScores(), eta));
  }

  /** The rewards of steps from their scores. */
  static List<Double> clipped(List<Double> scores, double eta) {
    return scores.stream().map(score -> Math.min(score - eta, 0)).toList();
  }
}
