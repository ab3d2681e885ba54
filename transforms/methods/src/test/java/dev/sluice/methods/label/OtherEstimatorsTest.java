package dev.sluice.methods.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.StepLabel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherEstimatorsTest {

  @ParameterizedTest
  @CsvSource({
    "yyy yyn yyy, DROP, labelled, true, v0",
    "yyn yyy nnn, DROP, labelled, false, v0",
    "yyy yyn, DROP, tie, , ",
    "yyy yyn, INCORRECT, labelled, false, v1",
    "yyy yyn, FIRST, labelled, true, v0",
    // The outcome needs no verdict on every line.
    "yy yy n, DROP, labelled, true, v0",
    "yyy - -, DROP, few_votes, , ",
  })
  void outcomeMajority(String votes, Tie tie, String status, Boolean outcome, String target) {
    StepLabel label = new OutcomeMajority(tie).estimate(StepMajorityTest.ballot(votes));

    assertThat(label.status()).isEqualTo(status);
    assertThat(label.outcome()).isEqualTo(outcome);
    assertThat(label.selectedVerification()).isEqualTo(target);
    assertThat(label.stepLabels()).isEmpty();
    assertThat(label.firstError()).isEqualTo(-1);
    assertThat(label.estimator()).isEqualTo("outcome_majority");
  }

  @Test
  void softLabelsAreShares() {
    StepLabel label = new SoftLabels(0).estimate(StepMajorityTest.ballot("yyn yyn ynn yny"));

    assertThat(label.status()).isEqualTo("labelled");
    assertThat(label.stepScores()).containsExactly(1.0, 0.5, 0.25);
    assertThat(label.stepLabels()).containsExactly(true, false, false);
    assertThat(label.firstError()).isEqualTo(1);
    assertThat(label.selectedVerification()).isNull();
    assertThat(new SoftLabels(0).estimate(StepMajorityTest.ballot("yyn - - -")).status())
        .isEqualTo("few_votes");
    assertThat(
            new SoftLabels(2)
                .estimate(StepMajorityTest.ballot("yyy yny", Map.of(1, true)))
                .stepScores())
        .isEqualTo(List.of(1.0, 0.75, 1.0));
  }
}
