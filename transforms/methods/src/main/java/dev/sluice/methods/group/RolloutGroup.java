package dev.sluice.methods.group;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of one problem when their rewards are known.
 *
 * @param problemId the problem
 * @param members in ascending order of their index
 */
public record RolloutGroup(String problemId, List<RolloutSummary> members) {

  public RolloutGroup {
    members = List.copyOf(members);
  }

  /**
   * A rollout.
   *
   * @param rolloutId its id
   * @param terms what each reward term gave, by the term's word, before weights
   * @param reward its reward
   * @param finished whether the policy ended the text itself
   * @param tokens number of its tokens
   * @param credited whether any of its tokens has an advantage other than 0
   * @param masked whether the loss leaves it out; it still counts in statistics of the group
   */
  public record RolloutSummary(
      String rolloutId,
      Map<String, Double> terms,
      double reward,
      boolean finished,
      int tokens,
      boolean credited,
      boolean masked) {

    public RolloutSummary {
      terms = Map.copyOf(terms);
    }

    /** The same, left out of the loss. */
    RolloutSummary withMask() {
      return new RolloutSummary(rolloutId, terms, reward, finished, tokens, credited, true);
    }

    /**
     * What a reward term gave.
     *
     * @param term the term's word; null for the whole reward
     */
    double value(@Nullable String term) {
      return term == null
          ? reward
          : Objects.requireNonNull(
              terms.get(term),
              () -> "Rollout %s has no reward of the term '%s'.".formatted(rolloutId, term));
    }
  }

  /** The rewards in order. */
  public double[] rewards() {
    return members.stream().mapToDouble(RolloutSummary::reward).toArray();
  }

  /** The same; the loss leaves out the chosen members, and those that it left out before. */
  public RolloutGroup masking(Predicate<RolloutSummary> chosen) {
    return new RolloutGroup(
        problemId,
        members.stream().map(each -> chosen.test(each) ? each.withMask() : each).toList());
  }

  /** Whether the loss has a member. */
  public boolean trains() {
    return members.stream().anyMatch(each -> !each.masked());
  }
}
