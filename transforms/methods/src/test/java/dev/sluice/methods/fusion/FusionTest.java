package dev.sluice.methods.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.advantage.GrpoAdvantage;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final GroupAdvantage GRPO = new GrpoAdvantage(Deviation.SAMPLE, 1e-4);

  private static double reward(RewardFusion fusion, double... rewards) {
    List<TermReward> terms = new ArrayList<>();
    for (double reward : rewards) {
      terms.add(new TermReward(String.valueOf((char) ('a' + terms.size())), 1, reward));
    }
    return fusion.reward(terms);
  }

  @Test
  void product_ofANegativeTerm_hasNoValue() {
    assertThat(reward(new ProductFusion(), 2, -0.5)).isNaN();
    assertThat(reward(new ProductFusion(), -1, -1)).isNaN();
    assertThat(reward(new ProductFusion(), 0, 3)).isZero();
  }

  @Test
  void product_withANegativeWeight_isRefused() {
    assertThat(new ProductFusion().objection(List.of(1.0, -0.1)).orElseThrow())
        .isEqualTo(
            "a term with a negative weight would be divided by, which has no value where the term is 0; use weights of at least 0, or 'fusion: sum'");
    assertThat(new ProductFusion().objection(List.of(1.0, 0.0))).isEmpty();
  }

  @Test
  void gate_atItsThreshold_isShut() {
    assertThat(reward(new GateFusion("a", 0.5), 0.5, 10)).isEqualTo(0.5);
    assertThat(reward(new GateFusion("b", 0.5), 10, 0.6)).isEqualTo(10.6);
  }

  /** Rewards (1, 0) and (0, 1) are one sum, and two advantages with a third response beside. */
  @Test
  void gdpo_tellsApartWhatHasTheSameSum() {
    List<TermRewards> terms =
        List.of(
            new TermRewards(1, new double[] {1, 0, 0}), new TermRewards(1, new double[] {0, 1, 1}));
    double[] sums = new double[3];
    terms.forEach(term -> Arrays.setAll(sums, i -> sums[i] + term.weight() * term.rewards()[i]));
    assertThat(sums).containsExactly(1, 1, 1);
    List<TermRewards> scaled = List.of(terms.get(0), new TermRewards(2, new double[] {0, 1, 1}));
    double[] found = new GdpoFusion(1e-4).advantages(List.of(scaled), GRPO).get(0);
    assertThat(found[0]).isNegative();
    assertThat(found[1]).isEqualTo(found[2]).isPositive();
  }

  @Test
  void gdpo_ofConstantTerms_hasNoAdvantage() {
    List<TermRewards> constant = List.of(new TermRewards(1, new double[] {0.3, 0.3}));
    List<TermRewards> single = List.of(new TermRewards(1, new double[] {1}));
    assertThat(new GdpoFusion(1e-4).advantages(List.of(constant, single), GRPO))
        .allSatisfy(group -> assertThat(group).containsOnly(0));
    assertThat(new GdpoFusion(1e-4).advantages(List.of(), GRPO)).isEmpty();
  }

  /** The order of the sum is that of the file: the bits are those of adding term by term. */
  @Test
  void sum_addsInOrder() {
    RandomStream random = new RandomStream(41);
    for (int trial = 0; trial < 100; trial++) {
      double[] rewards = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double expected = 0;
      List<TermReward> terms = new ArrayList<>();
      for (double reward : rewards) {
        double weight = random.nextDouble();
        expected += weight * reward;
        terms.add(new TermReward("t", weight, reward));
      }
      assertThat(new SumFusion().reward(terms)).isEqualTo(expected);
    }
  }
}
