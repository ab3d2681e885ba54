package dev.sluice.methods.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.group.GroupRule.Composition;
import dev.sluice.methods.group.RolloutGroup.RolloutSummary;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoRecompTest {
  private static final RoRecomp WITH_BUFFER = new RoRecomp(0.5, null, 0.5, 3, 2);

  /** Four successes of 1 to 4 tokens; half of them are left out: the longer ones, 2 and 3. */
  private static List<RolloutGroup> round(int number) {
    return List.of(
        new RolloutGroup(
            "p",
            IntStream.range(0, 4)
                .mapToObj(
                    i ->
                        new RolloutSummary(
                            "%d-%d".formatted(number, i), Map.of(), 1, true, i + 1, true, false))
                .toList()));
  }

  private static List<Boolean> masks(Composition composed) {
    return composed.batch().get(0).members().stream().map(RolloutSummary::masked).toList();
  }

  /** Two wait after round 1, four after round 2; round 3 finds three of them and trains on them. */
  @Test
  void fullBuffer_isReplayedOldestFirst() {
    Composition first = WITH_BUFFER.compose(round(1), 1, "");
    assertThat(masks(first)).containsExactly(false, false, true, true);
    assertThat(first.replay()).isEmpty();
    Composition second = WITH_BUFFER.compose(round(2), 1, first.state());
    assertThat(second.replay()).isEmpty();
    Composition third = WITH_BUFFER.compose(round(3), 1, second.state());
    assertThat(third.replay()).containsExactly("1-2", "1-3", "2-2");
    Composition fourth = WITH_BUFFER.compose(round(4), 1, third.state());
    assertThat(fourth.replay()).containsExactly("2-3", "3-2", "3-3");
    assertThat(fourth.state()).isEqualTo("4-2 0\n4-3 0");
    assertThat(WITH_BUFFER.compose(round(3), 1, second.state())).isEqualTo(third);
  }

  @Test
  void rolloutOlderThanItsMaximumAge_leavesTheBuffer() {
    assertThat(WITH_BUFFER.compose(List.of(), 1, "a 0\nb 1\nc 2").state()).isEqualTo("a 1\nb 2");
    assertThat(WITH_BUFFER.compose(List.of(), 1, "a 2\nb 2\nc 2").replay()).isEmpty();
    assertThat(WITH_BUFFER.replayedRounds()).isEqualTo(2);
  }

  @Test
  void withoutABuffer_nothingIsRemembered() {
    RoRecomp rule = new RoRecomp(0.5, null, 0.5, null, 4);
    Composition composed = rule.compose(round(1), 1, "");
    assertThat(masks(composed)).containsExactly(false, false, true, true);
    assertThat(composed.state()).isEmpty();
    assertThat(rule.replayedRounds()).isZero();
  }

  /** What another rule left out of the loss is neither chosen nor kept for later. */
  @Test
  void rolloutsMaskedBefore_stayMaskedAndDoNotWait() {
    List<RolloutGroup> truncated =
        round(1).stream()
            .map(group -> group.masking(each -> each.rolloutId().equals("1-0")))
            .toList();
    Composition composed = WITH_BUFFER.compose(truncated, 1, "");
    // Of the other three the two shortest stay.
    assertThat(masks(composed)).containsExactly(true, false, false, true);
    assertThat(composed.state()).isEqualTo("1-3 0");
  }

  @Test
  void shareThatRoundsToAWholeNumber_isThatNumber() {
    RoRecomp rule = new RoRecomp(0.75, null, 0.5, null, 4);
    assertThat(masks(rule.compose(round(1), 1, ""))).containsExactly(false, false, false, true);
    RoRecomp all = new RoRecomp(1, null, 0.5, null, 4);
    assertThat(masks(all.compose(round(1), 1, ""))).containsOnly(false);
    assertThat(new RoRecomp(1, null, 0.5, 8, 4).check("groups[0]", 4))
        .extracting("key")
        .containsExactly("groups[0].buffer");
  }
}
