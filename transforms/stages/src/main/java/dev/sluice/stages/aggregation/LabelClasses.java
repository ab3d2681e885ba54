package dev.sluice.stages.aggregation;

import dev.sluice.records.StepLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether labels fall in two classes: of labels in one class nothing can be learned. */
final class LabelClasses {
  /** Begins the names of counts of labels by status. */
  static final String STATUS = "labels/";

  private static final String RIGHT = "right";
  private static final String WRONG = "wrong";

  /** The status of a solution with a label. */
  static final String LABELLED = "labelled";

  private LabelClasses() {}

  /** The class of a label: by its outcome, else by its steps. */
  static String of(StepLabel label) {
    boolean right =
        Objects.requireNonNullElse(label.outcome(), !label.stepLabels().contains(false));
    return right ? RIGHT : WRONG;
  }

  /**
   * A sentence if all labels are of one class, or there is none.
   *
   * @param counts labels by {@value #STATUS} and status, and by class
   * @param prefix begins the names of counts by class; where none is counted, as by units of
   *     earlier programs, only missing labels are told
   */
  static Optional<String> warning(Map<String, Double> counts, String prefix) {
    long right = Math.round(counts.getOrDefault(prefix + RIGHT, 0.0));
    long wrong = Math.round(counts.getOrDefault(prefix + WRONG, 0.0));
    long labelled = Math.round(counts.getOrDefault(STATUS + LABELLED, 0.0));
    if ((right > 0 && wrong > 0) || counts.isEmpty()) {
      return Optional.empty();
    }
    List<String> others = new ArrayList<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(STATUS) && !name.equals(STATUS + LABELLED)) {
            String status = name.substring(STATUS.length());
            others.add(
                "%s: %d".formatted(status.equals("tie") ? "ties" : status, Math.round(count)));
          }
        });
    String rest = others.isEmpty() ? "" : "; " + String.join(", ", others);
    if (right + wrong > 0) {
      return Optional.of(
          "all %d labelled solutions are called %s%s. Nothing can be learned from one class; 'sluice inspect RUN/STAGE --rows 5' of the votes shows their reasons."
              .formatted(right + wrong, right > 0 ? RIGHT : WRONG, rest));
    }
    return labelled > 0
        ? Optional.empty()
        : Optional.of(
            "no solution is labelled%s. 'sluice inspect RUN/STAGE --rows 5' of the votes shows their reasons."
                .formatted(rest));
  }
}
