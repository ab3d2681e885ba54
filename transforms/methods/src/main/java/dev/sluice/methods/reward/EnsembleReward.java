package dev.sluice.methods.reward;

import dev.sluice.methods.advantage.Rewards;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Several reward terms as one, so that an error of a single one counts less. */
@Kind(
    value = "ensemble",
    doc =
        "One reward made of several: their mean, median or minimum, or their mean minus a multiple of their standard deviation. That deviation is their disagreement, which has a metric and an alarm.")
@Method(
    name = "Reward-model ensemble",
    paper =
        "Helping or Herding?, arXiv 2312.09244; Reward Model Ensembles Help Mitigate Overoptimization, arXiv 2310.02743",
    formula =
        "r = mean(r_m), median(r_m), min(r_m) or mean(r_m) - c std(r_m) over the members m; std divides by their number",
    papers = {"2312.09244", "2310.02743"},
    departs =
        "With 'standardise: group' scores of a member are standardised in the group of a problem; 2312.09244 does it over its data. 2310.02743 subtracts the variance, not the deviation.")
public record EnsembleReward(
    @Key(
            value =
                "Reward terms, such as one kind with several models. They have no `weight`, `gate` or `shape` of their own.",
            min = 2)
        List<RewardTerm> members,
    @Key(
            value =
                "How the scores of the members become one: `mean`, `median`, `min`, or `mean_minus_std`.",
            byDefault = "mean")
        Merge merge,
    @Key(
            value = "Multiple of the standard deviation that `mean_minus_std` subtracts.",
            byDefault = "1",
            min = 0)
        double c,
    @Key(
            value =
                "`group` subtracts from the scores of each member their mean in the group and divides them by their standard deviation, so that members of different scales count alike; `none` takes scores as they are.",
            byDefault = "none")
        Standardise standardise)
    implements RewardTerm {
  /** Added to the deviation that divides, as GRPO does. */
  private static final double EPSILON = 1e-6;

  /** What is done to the scores of a member before they are merged. */
  public enum Standardise {
    NONE,
    GROUP
  }

  public EnsembleReward {
    members = List.copyOf(members);
  }

  @Override
  public Set<Need> needs() {
    Set<Need> needs = EnumSet.noneOf(Need.class);
    members.forEach(each -> needs.addAll(each.needs()));
    if (standardise == Standardise.GROUP) {
      needs.add(Need.GROUP);
    }
    return needs;
  }

  @Override
  public List<JudgeUse> judges() {
    return members.stream().flatMap(each -> each.judges().stream()).toList();
  }

  /** The format gate is for all members or for none. */
  @Override
  public boolean ownForm() {
    return members.stream().allMatch(RewardTerm::ownForm);
  }

  @Override
  public boolean signed() {
    return standardise == Standardise.GROUP
        || merge == Merge.MEAN_MINUS_STD
        || members.stream().anyMatch(RewardTerm::signed);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    for (int i = 0; i < members.size(); i++) {
      int first = members.indexOf(members.get(i));
      if (first < i) {
        return List.of(
            new ConfigMistake(
                "%s.members[%d]".formatted(key, i),
                "the member is the same as members[%d], so the two never disagree; leave it out, or name another model"
                    .formatted(first)));
      }
    }
    long ownForms = members.stream().filter(RewardTerm::ownForm).count();
    return ownForms == 0 || ownForms == members.size()
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".members",
                "some members look for a form of their own, to which the format gate does not apply, and others do not; give them terms of their own, whose weighted sum is the reward"));
  }

  @Override
  public List<Score> score(List<Group> groups, RewardContext context) {
    List<List<Score>> each = members.stream().map(term -> term.score(groups, context)).toList();
    List<double[]> rewards = new ArrayList<>();
    for (List<Score> scores : each) {
      rewards.add(scores.stream().mapToDouble(Score::reward).toArray());
    }
    List<Score> merged = new ArrayList<>();
    int begin = 0;
    for (Group group : groups) {
      int end = begin + group.responses().size();
      List<double[]> own = new ArrayList<>();
      for (int m = 0; m < each.size(); m++) {
        double[] some = Arrays.copyOfRange(rewards.get(m), begin, end);
        own.add(
            standardise == Standardise.GROUP
                ? standardised(some, asked(group, each.get(m).subList(begin, end), context))
                : some);
      }
      for (int i = begin; i < end; i++) {
        int response = i;
        int place = i - begin;
        merged.add(
            merged(
                own.stream().mapToDouble(scores -> scores[place]).toArray(),
                each.stream().map(scores -> scores.get(response)).toList(),
                context.asks(group.responses().get(place))));
      }
      begin = end;
    }
    return merged;
  }

  /** The responses of a group that have a score: those that the gate stopped have none. */
  private static boolean[] asked(Group group, List<Score> scores, RewardContext context) {
    boolean[] asked = new boolean[scores.size()];
    for (int i = 0; i < asked.length; i++) {
      asked[i] =
          context.asks(group.responses().get(i))
              && scores.get(i).failure() == null
              && Double.isFinite(scores.get(i).reward());
    }
    return asked;
  }

  /**
   * Scores less the mean of those that count, divided by their deviation; 0 where these are equal.
   */
  static double[] standardised(double[] scores, boolean[] counts) {
    double[] counted = new double[scores.length];
    int size = 0;
    for (int i = 0; i < scores.length; i++) {
      if (counts[i]) {
        counted[size++] = scores[i];
      }
    }
    double[] own =
        Rewards.standardised(Arrays.copyOf(counted, size), Rewards.Deviation.SAMPLE, EPSILON);
    double[] standardised = new double[scores.length];
    int next = 0;
    for (int i = 0; i < scores.length; i++) {
      // What is no number stays none, so that the rollout becomes a dead letter.
      double left = Double.isFinite(scores[i]) ? 0 : scores[i];
      standardised[i] = counts[i] ? own[next++] : left;
    }
    return standardised;
  }

  /** Members that were not asked agree on 0, which says nothing of their disagreement. */
  private Score merged(double[] rewards, List<Score> scores, boolean asked) {
    double[] accepted = scores.stream().mapToDouble(Score::accepted).toArray();
    Score merged =
        new Score(
            merge.of(rewards, c),
            merge.of(accepted, 0),
            null,
            List.of(),
            List.of(),
            scores.stream().mapToInt(Score::unparsed).sum(),
            null,
            asked ? Merge.deviation(rewards) : null);
    for (Score score : scores) {
      merged = merged.withFailureOf(score);
    }
    return merged;
  }
}
