package dev.sluice.export.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.export.Split;
import dev.sluice.records.RandomStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrataTest {
  private static Split split(int... thousandths) {
    List<Split.Part> parts = new ArrayList<>();
    for (int each : thousandths) {
      parts.add(new Split.Part("p" + parts.size(), BigDecimal.valueOf(each, 3)));
    }
    return new Split(parts);
  }

  private static int[] shares(RandomStream random, int parts) {
    int[] shares = new int[parts];
    int left = 1000;
    for (int p = 0; p < parts - 1; p++) {
      // Small ones too: they are behind or ahead for long.
      int most = left - (parts - 1 - p);
      shares[p] = 1 + random.nextInt(random.nextInt(2) == 0 ? Math.min(30, most) : most);
      left -= shares[p];
    }
    shares[parts - 1] = left;
    return shares;
  }

  /** Whatever the hashes ask for, even one part alone: the share rounded down or up. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12})
  void next_anyShares_areKeptWithinOneAtEveryLength(int parts) {
    RandomStream random = new RandomStream(parts);
    for (int round = 0; round < 60; round++) {
      int[] shares = shares(random, parts);
      Strata strata = new Strata(split(shares));
      int[] placed = new int[parts];
      int stubborn = random.nextInt(parts);
      for (int k = 1; k <= 1500; k++) {
        int wanted = round % 3 == 0 ? stubborn : random.nextInt(parts);
        placed[strata.next("s", wanted)]++;
        for (int p = 0; p < parts; p++) {
          long share = (long) shares[p] * k;
          assertThat((long) placed[p])
              .as("part %d of %s after %d", p, shares, k)
              .isBetween(share / 1000, (share + 999) / 1000);
        }
      }
    }
  }

  @Test
  void next_stratum_countsAlone() {
    Strata strata = new Strata(split(900, 100));
    assertThat(strata.next("a", 1)).isEqualTo(1);
    assertThat(strata.next("a", 1)).isZero();
    assertThat(strata.next("b", 1)).isEqualTo(1);
    assertThat(strata.next("b", 0)).isZero();
    for (int k = 3; k <= 10; k++) {
      assertThat(strata.next("a", 1)).as("%s", k).isZero();
    }
    assertThat(strata.next("a", 1)).isEqualTo(1);
  }

  @Test
  void next_partThatIsBehind_takesItWhateverTheHash() {
    Strata strata = new Strata(split(900, 100));
    for (int k = 1; k <= 9; k++) {
      assertThat(strata.next("a", 0)).isZero();
    }
    assertThat(strata.next("a", 0)).isEqualTo(1);
  }

  /** By the largest deficit, thousands of strata of three problems would have no test problem. */
  @Test
  void next_smallStrata_haveAboutTheSharesAmongThem() {
    Split split = split(800, 100, 100);
    Strata strata = new Strata(split);
    int[] placed = new int[3];
    for (int i = 0; i < 9000; i++) {
      placed[strata.next("stratum " + i / 3, split.part("id" + i))]++;
    }
    // A stratum that has one problem of a small part waits for the next; so these are a bit less.
    assertThat(placed[1] / 9000.0).isCloseTo(0.09, within(0.015));
    assertThat(placed[2] / 9000.0).isCloseTo(0.09, within(0.015));
  }

  /** As after an export with other shares. */
  @Test
  void next_stratumFarFromItsShares_comesBackToThem() {
    Strata strata = new Strata(split(500, 300, 200));
    for (int i = 0; i < 100; i++) {
      strata.count("a", 2);
    }
    int[] placed = {0, 0, 100};
    for (int k = 0; k < 900; k++) {
      placed[strata.next("a", 2)]++;
    }
    assertThat(placed).containsExactly(500, 300, 200);
  }
}
