package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import dev.sluice.stages.reward.StepPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a stage with a reward checks of it, whatever it is used for. */
public final class RewardMistakes {
  private RewardMistakes() {}

  /** Shapes of the key {@code reward} that do not fit to their terms. */
  public static List<ConfigMistake> shapes(List<WeightedReward> terms) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      WeightedReward term = terms.get(i);
      List<String> others = new ArrayList<>();
      terms.forEach(each -> others.add(each.term().name()));
      others.remove(i);
      for (int k = 0; k < term.shape().size(); k++) {
        mistakes.addAll(
            shape(term, others, term.shape().get(k), "reward[%d].shape[%d]".formatted(i, k)));
      }
    }
    return mistakes;
  }

  /**
   * Classifiers of the key {@code reward} that are not read where the file trains them.
   *
   * @param training the config of the stage that leaves a model, by the model's name
   */
  public static List<ConfigMistake> places(
      List<WeightedReward> terms, Function<String, Optional<Record>> training) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      String key = "reward[%d].label_at".formatted(i);
      for (JudgeUse use : terms.get(i).term().judges()) {
        StepPlaces.objection(use, training)
            .ifPresent(why -> mistakes.add(new ConfigMistake(key, why)));
      }
    }
    return mistakes;
  }

  /** Bounds of the key {@code step_bounds} that no response keeps. */
  public static List<ConfigMistake> bounds(SparkRewards.@Nullable StepBounds bounds) {
    return bounds != null && bounds.min() > bounds.max()
        ? List.of(
            new ConfigMistake(
                "step_bounds.min",
                "no response has at least %d and at most %d steps; set 'min' to at most %d"
                    .formatted(bounds.min(), bounds.max(), bounds.max())))
        : List.of();
  }

  private static List<ConfigMistake> shape(
      WeightedReward term, List<String> others, Shaping shape, String key) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (shape.needs().contains(Need.STEP_SCORES)
        && !term.term().gives().contains(Gives.STEP_SCORES)) {
      mistakes.add(
          new ConfigMistake(
              key,
              "the shape changes scores of steps, but the reward '%s' gives none; 'process', 'classifier' and 'log_ratio' do"
                  .formatted(term.term().name())));
    }
    shape
        .other()
        .filter(other -> !others.contains(other))
        .ifPresent(
            other ->
                mistakes.add(
                    new ConfigMistake(
                        key,
                        "the shape reads the reward '%s', but no other term is of that kind%s; add it, with 'weight: 0' if it is not to count itself"
                            .formatted(
                                other,
                                others.isEmpty()
                                    ? ""
                                    : " (there are: %s)".formatted(String.join(", ", others))),
                        other,
                        others)));
    return mistakes;
  }
}
