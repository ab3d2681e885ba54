package dev.sluice.methods.group;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;
import java.util.Optional;

/** Decides which rollouts of a round the update is made from. The rules apply one after another. */
@Port(value = "group rule", stage = "UpdatePolicy", key = "groups")
public interface GroupRule extends Part {

  /**
   * What becomes of the groups of a round. It must follow from the arguments alone: a round is
   * composed again after every wave of rollouts, and after a kill.
   *
   * @param groups those of the round that the rules before leave, in the order of their problems
   * @param wanted groups that an update is made from ({@code problems_per_round})
   * @param state what the rule left at the end of the round before; empty in the first
   */
  Composition compose(List<RolloutGroup> groups, int wanted, String state);

  /** The most waves of rollouts of a round; above 1 the rule may ask for more problems. */
  default int waves() {
    return 1;
  }

  /** Rounds before the current one whose rollouts the rule may train on again; 0 for none. */
  default int replayedRounds() {
    return 0;
  }

  /** The reward term that it reads, by its word; empty if it reads none but the whole reward. */
  default Optional<String> term() {
    return Optional.empty();
  }

  /**
   * Mistakes that only the size of the groups shows; empty if there are none.
   *
   * @param key path of the part below {@code config}
   * @param samples rollouts per problem
   */
  default List<ConfigMistake> check(String key, int samples) {
    return List.of();
  }

  /**
   * The groups of a round after a rule.
   *
   * @param batch the groups that are left
   * @param more further problems that are to be rolled out in this round
   * @param state what the rule is to find in the next round, as a text of its own
   * @param replay ids of rollouts of the {@link #replayedRounds} before, with which the policy
   *     makes one more optimiser step after those of the round
   */
  record Composition(List<RolloutGroup> batch, int more, String state, List<String> replay) {
    public Composition {
      batch = List.copyOf(batch);
      replay = List.copyOf(replay);
    }

    /** Groups without rollouts of earlier rounds. */
    public Composition(List<RolloutGroup> batch, int more, String state) {
      this(batch, more, state, List.of());
    }
  }
}
