package dev.sluice.methods.round;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Locale;

/** Makes the policy the reference where the reward no longer grows. */
@Kind(
    value = "plateau_reset",
    doc =
        "If the reward has not grown for `patience` rounds, makes the current policy the KL reference and resets the optimiser.")
@Method(
    name = "Reference reset",
    paper = "ProRL, arXiv 2505.24864, section 3.3; Scaling Up RL, arXiv 2507.12507",
    formula =
        "reference = policy and a fresh optimiser, if max(reward) grew by at most min_delta for 'patience' rounds",
    papers = {"2505.24864", "2507.12507"},
    departs = "The paper resets by hand; this rule resets when the watched reward stagnates.")
public record PlateauReset(
    @Key(
            value =
                "Reward that is watched: the mean of each `round`, or of each evaluation on the `dev` problems.",
            byDefault = "round")
        Watched metric,
    @Key(
            value = "Number of rounds (or dev evaluations) without growth before a reset.",
            byDefault = "5",
            min = 1)
        int patience,
    @Key(
            value = "The reward must grow by more than this amount to count as growth.",
            byDefault = "0",
            min = 0)
        double minDelta)
    implements RoundRule {

  /** What is watched. */
  public enum Watched {
    DEV,
    ROUND
  }

  @Override
  public RoundState after(RoundReport report, RoundState state) {
    double value = metric == Watched.ROUND ? report.reward() : report.dev().orElse(Double.NaN);
    if (Double.isNaN(value)) {
      return state;
    }
    String name = "plateau_reset." + metric.name().toLowerCase(Locale.ROOT);
    String bestName = name + ".best";
    String sinceName = name + ".since";
    Double best = state.numbers().get(bestName);
    if (best == null || value > best + minDelta) {
      return state.with(bestName, value).with(sinceName, 0);
    }
    double since = state.numbers().getOrDefault(sinceName, 0.0) + 1;
    return since < patience
        ? state.with(sinceName, since)
        : state.with(bestName, value).with(sinceName, 0).withReference(report.round());
  }
}
