package dev.sluice.stages.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.stages.evaluation.Alarms.AcceptRates;
import dev.sluice.stages.evaluation.Alarms.Progress;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlarmsTest {

  /** A measure that is {@code from} up to a round and {@code to} afterwards. */
  private static List<Double> jump(int rounds, int after, double from, double to) {
    return IntStream.rangeClosed(1, rounds).mapToObj(r -> r <= after ? from : to).toList();
  }

  @Test
  void linesRingInBothDirections() {
    assertThat(Alarms.lines(jump(40, 12, 0.1, 0.9))).isEqualTo(20);
    assertThat(Alarms.lines(jump(40, 11, 0.1, 0.9))).isEqualTo(15);
    assertThat(Alarms.lines(jump(40, 10, 0, -0.6))).isEqualTo(15);
    assertThat(Alarms.lines(jump(40, 10, 0, 0.5))).isEqualTo(0);
    assertThat(Alarms.lines(jump(40, 39, 0, 50))).isEqualTo(40);
  }

  @Test
  void aLevelFromTheStartIsNoChange() {
    assertThat(Alarms.lines(Collections.nCopies(40, 3.0))).isEqualTo(0);
    assertThat(Alarms.appended(Collections.nCopies(40, 0.5))).isEqualTo(0);
  }

  @Test
  void fewerThanFiveRoundsAreNotChecked() {
    assertThat(Alarms.lines(List.of(0.0, 9.0, 9.0, 9.0))).isEqualTo(0);
    assertThat(Alarms.lines(jump(9, 5, 0, 9))).isEqualTo(0);
    assertThat(Alarms.lines(List.of())).isEqualTo(0);
  }

  @Test
  void appendedAndRepetitionRingUpwardsOnly() {
    assertThat(Alarms.appended(jump(40, 5, 0, 0.02))).isEqualTo(10);
    assertThat(Alarms.appended(jump(40, 5, 0, 0.009))).isEqualTo(0);
    assertThat(Alarms.appended(jump(40, 5, 0.5, 0))).isEqualTo(0);
    assertThat(Alarms.repetition(jump(40, 20, 0, 0.06))).isEqualTo(25);
    assertThat(Alarms.repetition(jump(40, 20, 0, 0.04))).isEqualTo(0);
  }

  @Test
  void disagreement_ringsAboveOneAndAHalfTimesTheFirst() {
    assertThat(Alarms.disagreement(jump(40, 10, 0.2, 0.31))).isEqualTo(15);
    assertThat(Alarms.disagreement(jump(40, 10, 0.2, 0.3))).isEqualTo(0);
    assertThat(Alarms.disagreement(jump(40, 12, 0.2, 0.1))).isEqualTo(0);
    assertThat(Alarms.disagreement(jump(40, 14, 20, 50))).isEqualTo(20);
    // Members that were one begin to differ.
    assertThat(Alarms.disagreement(jump(40, 24, 0, 0.001))).isEqualTo(25);
    assertThat(Alarms.disagreement(Collections.nCopies(40, 0.0))).isEqualTo(0);
    assertThat(Alarms.disagreement(List.of(0.1, 9.0, 9.0, 9.0))).isEqualTo(0);
  }

  @Test
  void acceptanceIsALevelInTwoLooksRunning() {
    AcceptRates first = new AcceptRates(0, 0.9, 0.4, 0.5, 128);
    AcceptRates sound = new AcceptRates(5, 0.5, 0.45, 0.05, 128);
    AcceptRates between = new AcceptRates(7, 0.9, 0.4, 0.5, 128);
    AcceptRates above = new AcceptRates(10, 0.75, 0.55, 0.3, 128);
    AcceptRates later = new AcceptRates(15, 0.9, 0.4, 0.5, 128);
    assertThat(Alarms.acceptance(List.of(first, sound, between, above, later))).isEqualTo(10);
    assertThat(Alarms.acceptance(List.of(first, sound, above, later))).isEqualTo(15);
    assertThat(Alarms.acceptance(List.of(first, sound, above))).isEqualTo(0);
    assertThat(Alarms.acceptance(List.of(first, between, sound))).isEqualTo(0);
  }

  @Test
  void acceptanceThatChanceExplainsIsSilent() {
    // 33 accepted by the reward alone, 15 by the majority alone: 0.14, but as low as 0.04.
    AcceptRates chance = new AcceptRates(5, 63 / 128.0, 45 / 128.0, 48 / 128.0, 128);
    assertThat(chance.difference().low()).isCloseTo(0.03737, within(1e-5));
    assertThat(chance.difference().high()).isCloseTo(0.24388, within(1e-5));
    assertThat(Alarms.acceptance(List.of(chance, chance))).isEqualTo(0);
  }

  @Test
  void divergenceNeedsAHigherRewardAndAnAccuracyBelow() {
    Progress before = new Progress(0, 0.4, new Interval(0.38, 0.46));
    Progress better = new Progress(5, 0.6, new Interval(0.5, 0.6));
    Progress worse = new Progress(10, 0.9, new Interval(0.1, 0.2));
    Progress lowReward = new Progress(5, 0.3, new Interval(0.1, 0.2));
    Progress overlapping = new Progress(5, 0.9, new Interval(0.3, 0.39));

    assertThat(Alarms.divergence(List.of(before, better, worse))).isEqualTo(10);
    assertThat(Alarms.divergence(List.of(before, better))).isEqualTo(0);
    assertThat(Alarms.divergence(List.of(before, lowReward))).isEqualTo(0);
    assertThat(Alarms.divergence(List.of(before, overlapping))).isEqualTo(0);
    assertThatThrownBy(() -> Alarms.divergence(List.of(better)))
        .hasMessage(
            "The alarm of divergence compares with round 0, which is not among the rounds given.");
  }

  @Test
  void repeatedLinesAreThoseThatStoodThereBefore() {
    assertThat(Alarms.repeatedLines(List.of("a", "b", "a", "a"))).isEqualTo(0.5);
    assertThat(Alarms.repeatedLines(List.of("a", "b"))).isEqualTo(0);
    assertThat(Alarms.repeatedLines(List.of())).isEqualTo(0);
  }
}
