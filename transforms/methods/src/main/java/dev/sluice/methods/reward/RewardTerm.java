package dev.sluice.methods.reward;

import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One term of the reward of a response. The reward is the weighted sum of its terms.
 *
 * <p>The score of a response depends on its own group alone, whatever other groups are scored with
 * it: a round may be cut into units in any way.
 */
@Port(value = "reward term", stage = "UpdatePolicy", key = "reward", noun = "reward")
public interface RewardTerm extends Part {

  /**
   * Scores responses, all groups of a unit at once, so that models are asked in large batches.
   *
   * @param groups the groups; a response that the context does not {@linkplain RewardContext#asks
   *     ask} for gets reward 0 whatever its score is, and no model is to be asked about it
   * @return a score for each response, group by group, in order
   */
  List<Score> score(List<Group> groups, RewardContext context);

  @Override
  default Set<Gives> gives() {
    return Set.of(Gives.REWARD);
  }

  /**
   * Whether the term looks for a form of its own, such as JSON or a query, so that the format gate
   * of the problem, which looks for an answer, does not apply to it.
   */
  default boolean ownForm() {
    return false;
  }

  /** How it asks its judge; empty if it has none, or several. */
  default Optional<JudgeUse> judge() {
    return Optional.empty();
  }

  /** How it asks each of its judges. */
  default List<JudgeUse> judges() {
    return judge().stream().toList();
  }

  /**
   * Whether rewards may be below 0. What the gate stops then has no more than the least of its
   * group, for 0 would be the best.
   */
  default boolean signed() {
    return false;
  }
}
