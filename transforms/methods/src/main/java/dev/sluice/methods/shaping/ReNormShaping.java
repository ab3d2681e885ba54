package dev.sluice.methods.shaping;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Optional;

/** A process reward that is positive only where the outcome agrees. */
@Kind(value = "renorm", doc = "Sum of the reward and an outcome reward, minus 1.")
@Method(
    name = "ReNorm",
    paper = "Principle Process Reward (PPR), arXiv 2509.25598, reconstructed from its reviews",
    formula = "r' = r_p + r_o - 1",
    papers = "2509.25598",
    departs =
        "The paper puts it on single steps under PPO. The constant has no effect where advantages are centred in the group.")
public record ReNormShaping(
    @Key(
            "Kind of the outcome reward term. Give that term `weight: 0`, so that it is counted only once.")
        String outcome)
    implements PairedShaping {

  @Override
  public Optional<String> other() {
    return Optional.of(outcome);
  }

  @Override
  public double shaped(double process, double other) {
    return normed(process, other);
  }

  /** A process reward and an outcome, both from 0 to 1, as one. */
  static double normed(double process, double outcome) {
    return process + outcome - 1;
  }
}
