package dev.sluice.methods.advantage;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Arrays;
import java.util.List;

/** The advantage of groups of k rollouts of which one has to succeed, shared out to each. */
@Kind(
    value = "pass_at_k",
    doc =
        "Expected advantage over all subsets of k rollouts, where a subset is rewarded if one of its rollouts succeeds. Rewards exploration: failures cost little while successes are rare.")
@Method(
    name = "Pass@k training",
    paper =
        "Pass@k Training, arXiv 2508.10751, eq. 14 and 15, with its code (RUCAIBox/Passk_Training: calc_adv)",
    formula =
        "R = 1 - C(N-, k) / C(N, k), s = sqrt(R (1 - R)); successful: (1 - R) / s; failed: (1 - R - C(N- - 1, k - 1) / C(N - 1, k - 1)) / s; 0 where s = 0",
    papers = "2508.10751",
    departs =
        "The authors' code adds 1e-6 to s. A group that dead letters leave with fewer than k rollouts has no advantage.")
public record PassAtKAdvantage(
    @Key(value = "Size of the subsets; at most `samples`.", byDefault = "4", min = 1) int k,
    @Key(value = "A rollout is successful if its reward is above this value.", byDefault = "0.5")
        double success)
    implements GroupAdvantage {

  @Override
  public List<ConfigMistake> check(String key, int samples) {
    return k <= samples
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".k",
                "a subset of %d rollouts cannot be drawn from the %d rollouts of a problem; set 'k' to at most %d or raise 'samples'"
                    .formatted(k, samples, samples)));
  }

  @Override
  public double[] ofVaried(double[] rewards) {
    int size = rewards.length;
    int failed = (int) Arrays.stream(rewards).filter(reward -> !(reward > success)).count();
    double none = share(failed, size, k);
    double deviation = Math.sqrt((1 - none) * none);
    if (size < k || deviation == 0) {
      return new double[size];
    }
    double right = none / deviation;
    double wrong = (none - share(failed - 1, size - 1, k - 1)) / deviation;
    return Arrays.stream(rewards).map(reward -> reward > success ? right : wrong).toArray();
  }

  /** The share of subsets of k of n that lie in m of them: C(m, k) / C(n, k), without overflow. */
  private static double share(int m, int n, int k) {
    double share = 1;
    for (int i = 0; i < k; i++) {
      share *= Math.max(0, (double) (m - i) / (n - i));
    }
    return share;
  }
}
