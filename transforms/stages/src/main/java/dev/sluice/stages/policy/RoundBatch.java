package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.EstimatedAdvantage;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.group.RolloutGroup;
import dev.sluice.records.Rollout;
import dev.sluice.records.RolloutAdvantage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rollouts of a round by their groups, with their advantages.
 *
 * @param groups all groups, in the order of their first rollout
 * @param kept the groups that the update is made from, without the rollouts that the loss leaves
 *     out
 * @param masked number of the rollouts that the loss leaves out in these groups
 * @param overRound whether the advantages were estimated over the whole round
 * @param more further problems that the rules of groups ask for
 * @param states what the rules of groups leave for the next round
 * @param replay ids of rollouts of earlier rounds that the rules want one more step with
 */
record RoundBatch(
    List<List<Weighed>> groups,
    List<List<Weighed>> kept,
    int masked,
    boolean overRound,
    int more,
    GroupStates states,
    List<String> replay) {

  /**
   * A rollout with its advantage.
   *
   * @param rollout the rollout
   * @param advantage that of the sequence
   * @param tokens that of each token; empty where all have the sequence's
   */
  record Weighed(Rollout rollout, double advantage, List<Double> tokens) {

    /** The advantage of a token. */
    float advantage(int token) {
      return tokens.isEmpty() ? (float) advantage : tokens.get(token).floatValue();
    }

    RolloutGroup.RolloutSummary member() {
      boolean credited =
          tokens.isEmpty() ? advantage != 0 : tokens.stream().anyMatch(each -> each != 0);
      return new RolloutGroup.RolloutSummary(
          rollout.rolloutId(),
          rollout.rewards(),
          rollout.reward(),
          rollout.finishReason().equals("stop"),
          rollout.tokenIds().size(),
          credited,
          false);
    }
  }

  /** Groups rollouts, estimates what is estimated over a round, and applies the rules. */
  static RoundBatch of(List<Rollout> rollouts, RoundEstimate estimate, GroupStates before) {
    UpdatePolicyConfig config = estimate.config();
    Map<String, List<Rollout>> byProblem = new LinkedHashMap<>();
    for (Rollout rollout : rollouts) {
      byProblem.computeIfAbsent(rollout.problemId(), id -> new ArrayList<>()).add(rollout);
    }
    List<List<Rollout>> plain = List.copyOf(byProblem.values());
    List<List<Weighed>> groups =
        config.overRound()
            ? estimated(plain, estimate)
            : plain.stream().map(RoundBatch::stored).toList();
    List<RolloutGroup> left = new ArrayList<>();
    for (List<Weighed> group : groups) {
      left.add(
          new RolloutGroup(
              group.get(0).rollout().problemId(), group.stream().map(Weighed::member).toList()));
    }
    List<String> states = new ArrayList<>();
    List<String> replay = new ArrayList<>();
    int more = 0;
    for (int i = 0; i < config.groups().size(); i++) {
      GroupRule.Composition composed =
          config.groups().get(i).compose(left, config.problemsPerRound(), before.states().get(i));
      left = composed.batch();
      more = Math.max(more, composed.more());
      states.add(composed.state());
      replay.addAll(composed.replay());
    }
    return new RoundBatch(
        groups,
        found(left, groups),
        (int)
            left.stream()
                .flatMap(group -> group.members().stream())
                .filter(RolloutGroup.RolloutSummary::masked)
                .count(),
        config.overRound(),
        more,
        new GroupStates(states),
        List.copyOf(replay));
  }

  /** Rollouts of earlier rounds with the advantages of their round, in the order of the ids. */
  static List<Weighed> replayed(List<Rollout> earlier, List<String> ids) {
    Map<String, Rollout> byId = new HashMap<>();
    earlier.forEach(rollout -> byId.put(rollout.rolloutId(), rollout));
    return stored(
        ids.stream()
            .map(
                id ->
                    Objects.requireNonNull(
                        byId.get(id),
                        () ->
                            "A group rule replays rollout %s, which is not in the rounds before."
                                .formatted(id)))
            .toList());
  }

  /** The rows of the table {@code advantages}; none if {@code rollouts} hold them. */
  List<RolloutAdvantage> estimated(int round) {
    List<RolloutAdvantage> rows = new ArrayList<>();
    for (List<Weighed> group : overRound ? groups : List.<List<Weighed>>of()) {
      for (Weighed each : group) {
        rows.add(
            new RolloutAdvantage(
                each.rollout().rolloutId(), round, each.advantage(), each.tokens()));
      }
    }
    return rows;
  }

  private static List<Weighed> stored(List<Rollout> group) {
    return group.stream()
        .map(
            rollout ->
                new Weighed(
                    rollout, Objects.requireNonNull(rollout.advantage()), rollout.advantages()))
        .toList();
  }

  private static List<List<Weighed>> estimated(List<List<Rollout>> groups, RoundEstimate estimate) {
    List<List<EstimatedAdvantage>> advantages = estimate.of(groups);
    List<List<Weighed>> all = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      List<Weighed> group = new ArrayList<>();
      for (int i = 0; i < groups.get(g).size(); i++) {
        EstimatedAdvantage each = advantages.get(g).get(i);
        group.add(
            new Weighed(
                groups.get(g).get(i),
                each.advantage(),
                Arrays.stream(each.tokens()).boxed().toList()));
      }
      all.add(group);
    }
    return all;
  }

  /** The rollouts of a batch that the loss does not leave out; none of a group that has none. */
  private static List<List<Weighed>> found(List<RolloutGroup> batch, List<List<Weighed>> groups) {
    Map<String, Weighed> byId = new HashMap<>();
    groups.forEach(group -> group.forEach(each -> byId.put(each.rollout().rolloutId(), each)));
    return batch.stream()
        .map(
            group ->
                group.members().stream()
                    .filter(member -> !member.masked())
                    .map(member -> Objects.requireNonNull(byId.get(member.rolloutId())))
                    .toList())
        .toList();
  }
}
