package dev.sluice.stages.policy;

import dev.sluice.methods.rubric.ConsensusRubric;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.records.Criterion;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import dev.sluice.stages.evaluation.SampledAccuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a reward for which no model is asked.
 *
 * @param seed the stage's
 * @param round the round, from 0
 */
record UnjudgedReward(long seed, int round) {

  /** The value of a term for each member; members of one problem are a group. */
  double[] of(RewardTerm term, List<Member> members) {
    Map<String, List<Member>> groups = new LinkedHashMap<>();
    for (Member member : members) {
      groups.computeIfAbsent(member.problem().problemId(), id -> new ArrayList<>()).add(member);
    }
    return members.stream()
        .mapToDouble(
            member ->
                of(term, member, groups.getOrDefault(member.problem().problemId(), List.of())))
        .toArray();
  }

  private double of(RewardTerm term, Member member, List<Member> group) {
    if (term instanceof RewardTerm.Reference) {
      return reference(member);
    }
    if (term instanceof RewardTerm.Majority) {
      return majority(member, group);
    }
    if (term instanceof RewardTerm.Rubric) {
      return rubric(member, group);
    }
    if (term instanceof RewardTerm.Random random) {
      return chance(random, member);
    }
    throw new IllegalStateException("No reward for the term " + term.name());
  }

  /**
   * The reference of a member's problem.
   *
   * @param term the reward that needs it
   * @throws IllegalStateException if there is none
   */
  static String reference(String term, Member member) {
    String reference = member.problem().referenceAnswer();
    if (reference == null) {
      throw new IllegalStateException(
          "The reward '%s' needs a reference answer, but problem %s has none. Map its column in the source, or choose another reward."
              .formatted(term, member.problem().problemId()));
    }
    return reference;
  }

  private static double reference(Member member) {
    String reference = reference("reference", member);
    return member.finished() && member.format().solves(member.problem(), reference, member.text())
        ? 1
        : 0;
  }

  private static double majority(Member member, List<Member> group) {
    List<@Nullable String> answers = new ArrayList<>();
    for (Member other : group) {
      answers.add(
          other.passes()
              ? other.format().answer(other.problem(), other.text()).orElse(null)
              : null);
    }
    answers.add(member.format().answer(member.problem(), member.text()).orElse(null));
    List<String> classes = member.format().classes(answers);
    Optional<String> mode = SampledAccuracy.majority(classes.subList(0, group.size()));
    return mode.isPresent() && mode.get().equals(classes.get(group.size())) ? 1 : 0;
  }

  private static double rubric(Member member, List<Member> group) {
    List<StatedResults> siblings =
        group.stream()
            .filter(other -> other.index() != member.index() && other.passes())
            .map(other -> RubricVerdicts.stated(other.problem(), other.text()))
            .toList();
    List<Criterion> criteria = ConsensusRubric.criteria(siblings);
    return ConsensusRubric.score(criteria, RubricVerdicts.stated(member.problem(), member.text()))
        .orElse(0);
  }

  private double chance(RewardTerm.Random term, Member member) {
    long drawn = Hashes.seed(seed, UpdatePolicy.NAME, "random", round, member.id(), 0);
    return new RandomStream(drawn).nextDouble() < term.probability() ? 1 : 0;
  }
}
