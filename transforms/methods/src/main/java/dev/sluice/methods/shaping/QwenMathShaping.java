package dev.sluice.methods.shaping;

import dev.sluice.methods.Sigmoid;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Optional;

/** A model's score below which no right answer falls. */
@Kind(
    value = "qwen_math",
    doc =
        "Sigmoid of the reward, minus 1 if another term calls the answer wrong. Every correct answer then scores above every wrong one.")
@Method(
    name = "Reward shaping of Qwen2.5-Math",
    paper = "Qwen2.5-Math, arXiv 2409.12122, section 3.2",
    formula = "r' = 1 / (1 + exp(-alpha r)) + (r_v - 1)",
    papers = "2409.12122")
public record QwenMathShaping(
    @Key(
            "Kind of the reward term that is 1 for a correct answer and else 0. Give that term `weight: 0`, so that it is counted only once.")
        String verified,
    @Key(value = "Slope of the sigmoid.", byDefault = "0.5", min = 0, minExclusive = true)
        double alpha)
    implements PairedShaping {

  @Override
  public Optional<String> other() {
    return Optional.of(verified);
  }

  @Override
  public double shaped(double model, double other) {
    return shaped(model, other, alpha);
  }

  /**
   * The shaped reward.
   *
   * @param model the reward model's score
   * @param verified 1 if the answer is right, else 0
   */
  static double shaped(double model, double verified, double alpha) {
    return Sigmoid.of(alpha * model) + (verified - 1);
  }
}
