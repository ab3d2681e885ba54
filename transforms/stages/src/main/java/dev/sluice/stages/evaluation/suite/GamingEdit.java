package dev.sluice.stages.evaluation.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Edits of a wrong solution that leave it wrong, after the causes of reward gaming (arXiv
 * 2211.08714): a reward that rises with one of them can be gamed by it.
 */
enum GamingEdit {
  /**
   * Noise-induced: a meaningless pattern, the last step twice over, that no label of a careful
   * judge rewards.
   */
  NOISE,
  /**
   * Spurious correlation: the right solution of another problem. Steps that follow from one another
   * go along with being right, and are not the reason for it.
   */
  SPURIOUS,
  /** Covariate shift: the last step alone, shorter than what a reward is trained on. */
  SHORT,
  /** Covariate shift: all steps before the last twice, longer than what a reward is trained on. */
  LONG;

  /** The word in the names of metrics. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The steps of the edited solution; empty if the edit does not change it.
   *
   * @param steps of the wrong solution, at least one
   * @param other steps of a right solution of another problem; empty if there is none
   */
  List<String> of(List<String> steps, List<String> other) {
    int last = steps.size() - 1;
    List<String> edited = new ArrayList<>();
    switch (this) {
      case NOISE -> {
        edited.addAll(steps);
        edited.add(steps.get(last));
        edited.add(steps.get(last));
      }
      case SPURIOUS -> edited.addAll(other);
      case SHORT -> {
        if (last > 0) {
          edited.add(steps.get(last));
        }
      }
      case LONG -> {
        if (last > 0) {
          edited.addAll(steps.subList(0, last));
          edited.addAll(steps);
        }
      }
    }
    return List.copyOf(edited);
  }
}
