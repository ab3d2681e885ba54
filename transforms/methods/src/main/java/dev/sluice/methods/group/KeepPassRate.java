package dev.sluice.methods.group;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Keeps the problems that the policy solves neither too seldom nor too often. */
@Kind(
    value = "keep_pass_rate",
    doc =
        "Keeps groups whose pass rate, the share of successful rollouts, lies within bounds. The default keeps every group with a success and a failure (DAPO); `{min: 0.25, max: 0.625, inclusive: true}` keeps 2 to 5 successes of 8, `{min: 0.2, max: 0.8, inclusive: true}` is PRIME's filter.")
@Method(
    name = "Pass-rate filter",
    paper = "DAPO, arXiv 2503.14476, section 3.2; PRIME, arXiv 2502.01456",
    formula = "keep a group if min < p < max (or min <= p <= max); p = #{i: r_i > success} / G",
    papers = {"2503.14476", "2502.01456"},
    departs =
        "Rollouts that are dead letters are not in G. DAPO samples new problems to replace dropped ones; the rule 'refill' does that.")
public record KeepPassRate(
    @Key(value = "Lower bound of the pass rate.", byDefault = "0", min = 0, max = 1) double min,
    @Key(value = "Upper bound of the pass rate.", byDefault = "1", min = 0, max = 1) double max,
    @Key(value = "Whether groups at a bound are kept.", byDefault = "false") boolean inclusive,
    @Key(
            "Kind of the reward term that says whether a rollout is successful. Default: the whole reward.")
        @Nullable String reward,
    @Key(value = "A rollout is successful if its reward is above this value.", byDefault = "0.5")
        double success)
    implements GroupFilter {

  @Override
  public Optional<String> term() {
    return Optional.ofNullable(reward);
  }

  @Override
  public boolean keeps(RolloutGroup group) {
    int passed =
        (int) group.members().stream().filter(each -> each.value(reward) > success).count();
    return !group.members().isEmpty() && within((double) passed / group.members().size());
  }

  private boolean within(double rate) {
    return inclusive ? rate >= min && rate <= max : rate > min && rate < max;
  }

  @Override
  public List<ConfigMistake> check(String key, int samples) {
    return IntStream.rangeClosed(0, samples).anyMatch(k -> within((double) k / samples))
        ? List.of()
        : List.of(
            new ConfigMistake(
                key,
                "no number of successes among %d rollouts gives a pass rate between %s and %s (bounds %s), so every group is dropped; widen the bounds, set 'inclusive: true' or raise 'samples'"
                    .formatted(samples, min, max, inclusive ? "included" : "excluded")));
  }
}
