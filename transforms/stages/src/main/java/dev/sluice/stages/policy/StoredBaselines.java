package dev.sluice.stages.policy;

import dev.sluice.parts.Need;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.scoring.WeightedReward;
import java.util.List;

/** The stored solutions that shapes compare rewards with, in place of the first policy's. */
final class StoredBaselines {
  private StoredBaselines() {}

  /**
   * Their shards; none if the stage reads none, or nothing compares with them.
   *
   * @throws IllegalStateException if a reward needs what stored solutions do not have
   */
  static List<ShardFile> of(UpdatePolicyConfig config, StageDriver driver) {
    List<ShardFile> shards = driver.input(FirstPolicyResponses.OFFLINE);
    List<WeightedReward> comparing =
        config.reward().stream()
            .filter(each -> each.shape().stream().anyMatch(shape -> shape.references() > 0))
            .toList();
    if (shards.isEmpty()) {
      return List.of();
    }
    if (comparing.isEmpty()) {
      driver.warn(
          "UpdatePolicy reads stored solutions at the port 'offline', but no shape compares rewards with them, so they change nothing. Use a shape such as 'contrastive', or leave the input out.");
      return List.of();
    }
    for (WeightedReward each : comparing) {
      if (each.term().needs().contains(Need.TOKENS)) {
        throw new IllegalStateException(
            "Training a policy: a shape compares the reward '%s' with that of stored solutions (the input 'offline'), but that reward needs the number of tokens, which stored solutions may not have. Leave the input out, so that the shape compares with responses of the initial policy."
                .formatted(each.term().name()));
      }
      if (each.term().needs().contains(Need.LOGPROBS)) {
        // They are texts: nobody knows how likely their tokens were.
        throw new IllegalStateException(
            "Training a policy: a shape compares the reward '%s' with that of stored solutions (the input 'offline'), but that reward needs log-probabilities of tokens, which stored solutions do not have. Leave the input out, so that the shape compares with responses of the initial policy."
                .formatted(each.term().name()));
      }
    }
    return shards;
  }
}
