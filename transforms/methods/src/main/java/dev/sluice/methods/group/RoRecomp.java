package dev.sluice.methods.group;

import dev.sluice.methods.group.RolloutGroup.RolloutSummary;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Trains on short successes and long failures. */
@Kind(
    value = "rorecomp",
    doc =
        "Trains on the shortest successful and the longest failed rollouts of each group, so that the policy becomes brief. All rollouts count in the advantages of their group.")
@Method(
    name = "RoRecomp, priority batch",
    paper = "RoRecomp, arXiv 2509.25958",
    formula =
        "of each group the ceil(alpha n) shortest of the n successful and the ceil(alpha m) longest of the m failed rollouts",
    papers = "2509.25958",
    departs =
        "Without the paper's compensation batches, which replay the rollouts left out. The paper's alpha is not known.")
public record RoRecomp(
    @Key(
            value = "Share of the successful and of the failed rollouts of a group to train on.",
            byDefault = "0.8",
            min = 0,
            minExclusive = true,
            max = 1)
        double alpha,
    @Key(
            "Kind of the reward term that says whether a rollout is successful. Default: the whole reward.")
        @Nullable String reward,
    @Key(value = "A rollout is successful if its reward is above this value.", byDefault = "0.5")
        double success)
    implements GroupRule {

  @Override
  public Optional<String> term() {
    return Optional.ofNullable(reward);
  }

  @Override
  public Composition compose(List<RolloutGroup> groups, int wanted, String state) {
    return new Composition(groups.stream().map(this::priority).toList(), 0, "");
  }

  private RolloutGroup priority(RolloutGroup group) {
    Comparator<RolloutSummary> shortest =
        Comparator.comparingInt(RolloutSummary::tokens).thenComparing(RolloutSummary::rolloutId);
    Comparator<RolloutSummary> longest =
        Comparator.comparingInt(RolloutSummary::tokens)
            .reversed()
            .thenComparing(RolloutSummary::rolloutId);
    Set<String> chosen = new HashSet<>(first(group, true, shortest));
    chosen.addAll(first(group, false, longest));
    return group.masking(each -> !chosen.contains(each.rolloutId()));
  }

  private List<String> first(
      RolloutGroup group, boolean successful, Comparator<RolloutSummary> order) {
    List<RolloutSummary> all =
        group.members().stream()
            .filter(each -> !each.masked() && each.value(reward) > success == successful)
            .sorted(order)
            .toList();
    // Less than a rounding error above a whole number is that number: 0.6 of 5 is 3.
    int count = (int) Math.ceil(alpha * all.size() - 1e-9);
    return all.subList(0, count).stream().map(RolloutSummary::rolloutId).toList();
  }
}
