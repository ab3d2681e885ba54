package dev.sluice.methods.advantage;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;

/** Dr. GRPO: centred within the group. */
@Kind(
    value = "dr_grpo",
    doc =
        "Reward minus the group's mean, without division by the standard deviation, so that hard and easy problems keep their weight.")
@Method(
    name = "Dr. GRPO",
    paper = "Understanding R1-Zero-Like Training, arXiv 2503.20783, section 3.2",
    formula = "A_i = r_i - mean(r)",
    papers = "2503.20783",
    departs = "The paper's loss aggregation is a separate key: 'aggregation: token_sum_constant'.")
public record DrGrpoAdvantage() implements GroupAdvantage {

  @Override
  public double[] ofVaried(double[] rewards) {
    return Rewards.centred(rewards);
  }
}
