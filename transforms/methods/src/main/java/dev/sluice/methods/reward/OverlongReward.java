package dev.sluice.methods.reward;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;

/** A penalty on long responses, to be added to another reward. */
@Kind(
    value = "overlong",
    doc =
        "Length penalty from 0 down to -1 for long rollouts, to be added to another reward (METHODS 2.3).")
@Method(
    name = "Soft overlong punishment",
    paper = "DAPO, arXiv 2503.14476, eq. 13",
    formula = "max(-1, min(0, (max - cache - tokens) / cache))",
    papers = "2503.14476")
public record OverlongReward(
    @Key(value = "Length from which on the penalty is -1, in tokens.", min = 1) int max,
    @Key(
            value =
                "Width of the range below `max` over which the penalty grows from 0 to -1, in tokens.",
            min = 0)
        int cache)
    implements GroupReward {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.TOKENS);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return cache <= max
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".cache",
                "the zone of %d tokens is longer than the longest response of %d; set 'cache' to at most %d"
                    .formatted(cache, max, max)));
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    return penalty(response.completion().tokenCount(), max, cache);
  }

  /** The penalty of a number of tokens, from -1 to 0. */
  static double penalty(int tokens, int max, int cache) {
    if (tokens <= (long) max - cache) {
      return 0;
    }
    return tokens >= max ? -1 : ((double) max - cache - tokens) / cache;
  }
}
