package dev.sluice.stages.reward;

import dev.sluice.methods.objective.StepClassifierObjective;
import dev.sluice.methods.text.StepPlace;
import dev.sluice.methods.verification.JudgeUse;
import java.util.Optional;
import java.util.function.Function;

/** Whether a step classifier is read at the tokens that its training gave labels to. */
public final class StepPlaces {
  private StepPlaces() {}

  /**
   * Why a classifier that TrainReward trains in the same file is not to be read so; empty if it is,
   * or comes from elsewhere.
   *
   * @param use how it is read
   * @param training the config of the stage that leaves a model, by the model's name; empty for
   *     models that no stage of the file leaves
   */
  public static Optional<String> objection(
      JudgeUse use, Function<String, Optional<Record>> training) {
    if (!use.classifies()) {
      return Optional.empty();
    }
    return training
        .apply(use.model())
        .filter(TrainReward.Config.class::isInstance)
        .map(config -> ((TrainReward.Config) config).objective())
        .filter(StepClassifierObjective.class::isInstance)
        .map(objective -> ((StepClassifierObjective) objective).place())
        .filter(place -> !place.same(use.place()))
        .map(place -> objection(use, place));
  }

  private static String objection(JudgeUse use, StepPlace trained) {
    return "stage '%s' trains its head at %s, but it is read here at %s, where it learnt to say nothing; write the same 'label_at' in both places"
        .formatted(use.model(), trained.described(), use.place().described());
  }
}
