package dev.sluice.runners.proof.measure;

import dev.sluice.methods.label.ModalAnswer;
import dev.sluice.stages.evaluation.SampledAccuracy;
import java.util.List;

/** A way to say how well a model solves a problem: Evaluate's own, of one problem. */
public enum Measure {
  SAMPLED("T = 1", "accuracy/%s"),
  COOL("T = 0.7", "accuracy/%s_t07"),
  GREEDY("greedy", "accuracy/%s_greedy"),
  MAJORITY("maj@8", "maj_at_8/%s"),
  PASS("pass@8", "pass_at_8/%s");

  private final String title;
  private final String metric;

  Measure(String title, String metric) {
    this.title = title;
    this.metric = metric;
  }

  public String title() {
    return title;
  }

  /**
   * Name of Evaluate's metric that is the mean over problems, for {@code base} or {@code policy}.
   */
  public String metric(String who) {
    return metric.formatted(who);
  }

  /** The value of one problem, 0 to 1. */
  public double of(Attempts attempts) {
    return switch (this) {
      case SAMPLED -> right(attempts.warm());
      case COOL -> right(attempts.cool());
      case GREEDY -> right(attempts.greedy());
      case MAJORITY -> majority(attempts.warm());
      case PASS -> pass(attempts.warm());
    };
  }

  private static double right(List<Attempts.Attempt> attempts) {
    return attempts.stream().mapToDouble(one -> one.right() ? 1 : 0).average().orElse(0);
  }

  private static double pass(List<Attempts.Attempt> attempts) {
    int right = (int) attempts.stream().filter(Attempts.Attempt::right).count();
    return SampledAccuracy.passAtK(attempts.size(), right, attempts.size());
  }

  private static double majority(List<Attempts.Attempt> attempts) {
    return ModalAnswer.of(attempts.stream().map(Attempts.Attempt::answer).toList())
        .filter(mode -> attempts.stream().anyMatch(one -> one.right() && one.answer().equals(mode)))
        .map(mode -> 1.0)
        .orElse(0.0);
  }
}
