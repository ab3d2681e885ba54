package dev.sluice.stages.selection;

import dev.sluice.methods.shaping.Shaping;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.parts.Part;
import dev.sluice.stages.scoring.WeightedReward;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Terms and shapes that need what stored solutions do not have. */
final class RefusedParts {
  private static final String REMEDY = "leave it out here, or use it in UpdatePolicy";

  private RefusedParts() {}

  static List<ConfigMistake> check(List<WeightedReward> reward) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < reward.size(); i++) {
      String key = "reward[%d]".formatted(i);
      mistakes.addAll(lacks("reward", reward.get(i).term(), key));
      for (int k = 0; k < reward.get(i).shape().size(); k++) {
        Shaping shape = reward.get(i).shape().get(k);
        String place = "%s.shape[%d]".formatted(key, k);
        mistakes.addAll(lacks("shape", shape, place));
        if (shape.redistributes()) {
          mistakes.add(
              new ConfigMistake(
                  place,
                  "the shape '%s' spreads a reward over steps and leaves their sum, which is all that is read here, as it is; leave it out"
                      .formatted(shape.name())));
        }
        if (shape.references() > 0) {
          mistakes.add(
              new ConfigMistake(
                  place,
                  "the shape '%s' compares with responses of the initial policy, which this stage does not sample; %s"
                      .formatted(shape.name(), REMEDY)));
        }
      }
    }
    return mistakes;
  }

  private static List<ConfigMistake> lacks(String kind, Part part, String key) {
    return reasons().entrySet().stream()
        .filter(each -> part.needs().contains(each.getKey()))
        .map(
            each ->
                new ConfigMistake(
                    key,
                    "the %s '%s' needs %s, %s; %s"
                        .formatted(
                            kind, part.name(), each.getKey().words(), each.getValue(), REMEDY)))
        .toList();
  }

  /** Why a need is not met. */
  private static Map<Need, String> reasons() {
    return new TreeMap<>(
        Map.of(
            Need.LOGPROBS, "which the table solutions does not hold",
            Need.ROUND, "but a shard of solutions is scored alone",
            Need.ROUND_NUMBER, "but this stage has no rounds"));
  }
}
