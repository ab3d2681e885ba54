package dev.sluice.stages.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelClassesTest {
  private static final String LOOK =
      "'sluice inspect RUN/STAGE --rows 5' of the votes shows their reasons.";

  private static String warning(Map<String, Double> counts) {
    return LabelClasses.warning(new TreeMap<>(counts), "outcome/").orElse("");
  }

  @Test
  void warning_labelsOfOneClass_namesItAndTheRest() {
    assertThat(warning(Map.of("outcome/wrong", 40.0, "labels/labelled", 40.0, "labels/tie", 40.0)))
        .isEqualTo(
            "all 40 labelled solutions are called wrong; ties: 40. Nothing can be learned from one class; "
                + LOOK);
    assertThat(warning(Map.of("outcome/right", 3.0, "labels/labelled", 3.0)))
        .isEqualTo(
            "all 3 labelled solutions are called right. Nothing can be learned from one class; "
                + LOOK);
  }

  @Test
  void warning_noLabel_namesWhy() {
    assertThat(warning(Map.of("labels/tie", 5.0, "labels/few_votes", 2.0, "labels/gate", 1.0)))
        .isEqualTo("no solution is labelled; few_votes: 2, gate: 1, ties: 5. " + LOOK);
  }

  @Test
  void warning_bothClasses_isSilent() {
    assertThat(warning(Map.of("outcome/right", 1.0, "outcome/wrong", 9.0, "labels/labelled", 10.0)))
        .isEmpty();
  }

  @Test
  void warning_classesNotCounted_isSilentUnlessNothingIsLabelled() {
    assertThat(warning(Map.of("labels/labelled", 4.0))).isEmpty();
    assertThat(warning(Map.of())).isEmpty();
  }
}
