package dev.sluice.methods.round;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** Makes the policy the reference where the reward no longer grows. */
@Kind(
    value = "plateau_reset",
    doc =
        "Where the reward has not grown for some rounds, the policy becomes the reference of the KL estimate and the optimiser starts afresh.")
@Method(
    name = "Reference reset",
    paper = "ProRL, arXiv 2505.24864, section 3.3",
    formula =
        "reference = policy and a fresh optimiser, if max(reward) grew by at most min_delta for 'patience' rounds",
    papers = "2505.24864",
    departs = "The paper resets by hand; the rule does when validation stagnates.")
public record PlateauReset(
    @Key(
            value =
                "The reward that is watched: of the last look at dev problems, or of the round.",
            byDefault = "round")
        Watched metric,
    @Key(value = "Rounds without growth before a reset.", byDefault = "5", min = 1) int patience,
    @Key(value = "Growth of at most this is none.", byDefault = "0", min = 0) double minDelta)
    implements RoundRule {
  private static final String BEST = "plateau_reset.best";
  private static final String SINCE = "plateau_reset.since";

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
    Double best = state.numbers().get(BEST);
    if (best == null || value > best + minDelta) {
      return state.with(BEST, value).with(SINCE, 0);
    }
    double since = state.numbers().getOrDefault(SINCE, 0.0) + 1;
    return since < patience
        ? state.with(SINCE, since)
        : state.with(BEST, value).with(SINCE, 0).withReference(report.round());
  }
}
