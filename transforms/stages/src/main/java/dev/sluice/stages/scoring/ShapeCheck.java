package dev.sluice.stages.scoring;

import dev.sluice.methods.shaping.Shaping;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import java.util.ArrayList;
import java.util.List;

/** Whether the shapes of a reward fit to their terms. */
public final class ShapeCheck {
  private ShapeCheck() {}

  /** Mistakes at the shapes of the terms of the key {@code reward}. */
  public static List<ConfigMistake> check(List<WeightedReward> terms) {
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

  private static List<ConfigMistake> shape(
      WeightedReward term, List<String> others, Shaping shape, String key) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (shape.needs().contains(Need.STEP_SCORES)
        && !term.term().gives().contains(Gives.STEP_SCORES)) {
      mistakes.add(
          new ConfigMistake(
              key,
              "the shape changes scores of steps, but the reward '%s' gives none; 'process' and 'classifier' do"
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
