package dev.sluice.methods.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.records.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PassAtKAdvantageTest {

  /** The mean over all subsets with a rollout of (reward of the subset - mean) / deviation. */
  private static double[] overSubsets(double[] rewards, int k) {
    int size = rewards.length;
    double subsets = 0;
    double passed = 0;
    double[] with = new double[size];
    double[] passedWith = new double[size];
    for (int set = 0; set < 1 << size; set++) {
      if (Integer.bitCount(set) != k) {
        continue;
      }
      boolean pass = false;
      for (int i = 0; i < size; i++) {
        pass |= (set >> i & 1) == 1 && rewards[i] > 0.5;
      }
      subsets++;
      passed += pass ? 1 : 0;
      for (int i = 0; i < size; i++) {
        with[i] += set >> i & 1;
        passedWith[i] += pass ? set >> i & 1 : 0;
      }
    }
    double mean = passed / subsets;
    double deviation = Math.sqrt(mean * (1 - mean));
    double[] advantages = new double[size];
    for (int i = 0; i < size; i++) {
      advantages[i] = deviation == 0 ? 0 : (passedWith[i] / with[i] - mean) / deviation;
    }
    return advantages;
  }

  @Test
  void advantage_isTheMeanOverSubsets_andSumsToZero() {
    RandomStream random = new RandomStream(11);
    for (int trial = 0; trial < 200; trial++) {
      double[] rewards = new double[random.nextInt(2, 10)];
      for (int i = 0; i < rewards.length; i++) {
        rewards[i] = random.nextInt(0, 3) / 2.0;
      }
      int k = random.nextInt(1, rewards.length);
      double[] found = new PassAtKAdvantage(k, 0.5).of(rewards);
      assertThat(found).containsExactly(overSubsets(rewards, k), within(1e-12));
      assertThat(Arrays.stream(found).sum()).isCloseTo(0, within(1e-12));
    }
  }

  /** Subsets of one rollout are the rollouts themselves. */
  @Test
  void advantageOfSubsetsOfOne_isThatOfGrpo() {
    double[] rewards = {1, 0, 0, 1, 0};
    assertThat(new PassAtKAdvantage(1, 0.5).of(rewards))
        .containsExactly(
            new GrpoAdvantage(Rewards.Deviation.POPULATION, 0).of(rewards), within(1e-12));
  }

  /** One rollout of the group is a dead letter, so that no subset of 4 is left. */
  @Test
  void groupThatIsTooSmall_hasNoAdvantage() {
    assertThat(new PassAtKAdvantage(4, 0.5).of(new double[] {1, 0, 0})).containsOnly(0);
    assertThat(new PassAtKAdvantage(1, 0.5).of(new double[] {1})).containsExactly(0);
  }

  @Test
  void groupOfAThousand_hasFiniteAdvantages() {
    double[] rewards = new double[1000];
    rewards[7] = 1;
    double[] found = new PassAtKAdvantage(500, 0.5).of(rewards);
    // Half of the subsets have the one success: 0.5 / 0.5, and it is missed by 0.5 x 1 / 999 more.
    assertThat(found[7]).isCloseTo(1, within(1e-9));
    assertThat(found[0]).isCloseTo(-1.0 / 999, within(1e-9));
  }

  @Test
  void subsetsLargerThanTheGroup_areRefused() {
    assertThat(new PassAtKAdvantage(9, 0.5).check("advantage", 8))
        .extracting("key", "message")
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "advantage.k",
                "a subset of 9 rollouts cannot be drawn from the 8 rollouts of a problem; set 'k' to at most 8 or raise 'samples'"));
    assertThat(new PassAtKAdvantage(8, 0.5).check("advantage", 8)).isEmpty();
  }
}
