package dev.sluice.stages.policy;

import dev.sluice.models.Sampling;
import dev.sluice.records.Criterion;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.SampledAccuracy;
import dev.sluice.stages.reward.StepVerdicts;
import dev.sluice.stages.rubric.ConsensusRubric;
import dev.sluice.stages.rubric.RubricVerdicts;
import dev.sluice.stages.rubric.StatedResults;
import dev.sluice.stages.verification.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The reward of rollouts, term by term; every term sees all rollouts of a unit at once. */
final class RewardFunction {
  private final UpdatePolicyConfig config;
  private final UnitContext context;
  private final int round;
  private final Map<Integer, String> failures = new HashMap<>();
  private long unparsed;

  RewardFunction(UpdatePolicyConfig config, UnitContext context, int round) {
    this.config = config;
    this.context = context;
    this.round = round;
  }

  /** The rewards of members, which stand group by group, in order. */
  List<Rewarded> of(List<Member> members) {
    failures.clear();
    List<Map<String, Double>> terms = new ArrayList<>();
    members.forEach(member -> terms.add(new TreeMap<>()));
    double[] sums = new double[members.size()];
    Judged judged = Judged.none(members);
    double[] accepted = new double[members.size()];
    boolean first = true;
    for (RewardTerm term : config.reward()) {
      double[] values = new double[members.size()];
      if (term instanceof RewardTerm.Process process) {
        judged = judge(process, members);
        for (int i = 0; i < values.length; i++) {
          values[i] = asked(term, members.get(i)) ? score(process, judged, i) : 0;
          accepted[i] = judged.judgements().get(i).y();
        }
      } else {
        values = values(term, members);
        if (first) {
          accepted = values.clone();
        }
      }
      for (int i = 0; i < values.length; i++) {
        double value = asked(term, members.get(i)) ? values[i] : 0;
        terms.get(i).merge(term.name(), value, Double::sum);
        sums[i] += term.weight() * value;
      }
      first = false;
    }
    List<Rewarded> rewarded = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      rewarded.add(
          new Rewarded(
              terms.get(i),
              sums[i],
              judged.judgements().get(i),
              judged.verdicts().get(i),
              accepted[i] >= 0.5,
              failures.get(i)));
    }
    return rewarded;
  }

  /** Votes so far that did not parse. */
  long unparsed() {
    return unparsed;
  }

  private static boolean asked(RewardTerm term, Member member) {
    return member.passes() || !term.gate();
  }

  private double score(RewardTerm.Process term, Judged judged, int member) {
    Judgement judgement = judged.judgements().get(member);
    return switch (term.score()) {
      case Y -> SparkRewards.reward(judgement, config.design());
      case FRACTION -> judgement.share();
      case SUM -> judged.sums()[member];
    };
  }

  /**
   * What a judge said.
   *
   * @param judgements of each member
   * @param verdicts of a single vote, by member
   * @param sums how often a vote says that a step is right, whatever number of steps there are
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Judged(List<Judgement> judgements, List<List<Boolean>> verdicts, double[] sums) {
    static Judged none(List<Member> members) {
      return new Judged(
          members.stream().map(member -> Judgement.incorrect(member.steps().size())).toList(),
          members.stream().map(member -> List.<Boolean>of()).toList(),
          new double[members.size()]);
    }
  }

  /** The plain sum of verdicts: no guard asks whether they are as many as the steps. */
  private static double sum(Member member, List<Judge.Vote> votes) {
    return votes.stream()
        .map(vote -> member.format().verdicts(vote.text()).orElse(List.of()))
        .mapToLong(verdicts -> verdicts.stream().filter(right -> right).count())
        .average()
        .orElse(0);
  }

  private Judged judge(RewardTerm.Process term, List<Member> members) {
    Judged none = Judged.none(members);
    List<Judgement> judgements = new ArrayList<>(none.judgements());
    List<List<Boolean>> verdicts = new ArrayList<>(none.verdicts());
    List<Integer> asked = indices(term, members);
    List<Judge.Votes> votes =
        votes(
            term.model(),
            Judge.Granularity.STEP,
            term.votes(),
            term.temperature(),
            term.maxTokens(),
            members,
            asked);
    SparkRewards.Options options =
        new SparkRewards.Options(term.yRule(), config.onMismatch(), config.design());
    for (int k = 0; k < asked.size(); k++) {
      Member member = members.get(asked.get(k));
      List<JudgeVote> each = new ArrayList<>();
      for (Judge.Vote vote : votes.get(k).votes()) {
        unparsed += vote.parsed() ? 0 : 1;
        each.add(
            vote.parsed()
                ? new JudgeVote(
                    true, vote.verdicts(), member.format().finalVerdict(vote.text()).orElse(null))
                : JudgeVote.UNPARSED);
      }
      none.sums()[asked.get(k)] = sum(member, votes.get(k).votes());
      if (!each.isEmpty()) {
        judgements.set(
            asked.get(k),
            SparkRewards.judge(member.steps().size(), each, bounds(member), options, term.merge()));
        if (each.size() == 1) {
          verdicts.set(asked.get(k), each.get(0).verdicts());
        }
      }
    }
    return new Judged(judgements, verdicts, none.sums());
  }

  /** A world with a fixed form has its own bound; without the gate nothing is bounded. */
  private static SparkRewards.StepBounds bounds(Member member) {
    int expected = member.format().expectedSteps(member.problem());
    return member.passes() && expected > 0
        ? new SparkRewards.StepBounds(expected, expected)
        : new SparkRewards.StepBounds(1, Integer.MAX_VALUE);
  }

  private double[] values(RewardTerm term, List<Member> members) {
    if (term instanceof RewardTerm.Outcome outcome) {
      return outcomes(outcome, members);
    }
    if (term instanceof RewardTerm.Classifier classifier) {
      return classified(classifier, members);
    }
    double[] values = new double[members.size()];
    Map<String, List<Member>> groups = groups(members);
    for (int i = 0; i < values.length; i++) {
      Member member = members.get(i);
      List<Member> group = groups.getOrDefault(member.problem().problemId(), List.of());
      values[i] = value(term, member, group);
    }
    return values;
  }

  private double value(RewardTerm term, Member member, List<Member> group) {
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

  private static Map<String, List<Member>> groups(List<Member> members) {
    Map<String, List<Member>> groups = new LinkedHashMap<>();
    for (Member member : members) {
      groups.computeIfAbsent(member.problem().problemId(), id -> new ArrayList<>()).add(member);
    }
    return groups;
  }

  private static double reference(Member member) {
    String reference = member.problem().referenceAnswer();
    if (reference == null) {
      throw new IllegalStateException(
          "The reward 'reference' needs a reference answer, but problem %s has none. Map its column in the source, or choose another reward."
              .formatted(member.problem().problemId()));
    }
    Optional<String> answer = member.format().answer(member.text());
    return member.finished()
            && answer.isPresent()
            && answer.get().equals(member.format().reference(reference))
        ? 1
        : 0;
  }

  private static double majority(Member member, List<Member> group) {
    List<String> answers =
        group.stream()
            .filter(Member::passes)
            .map(other -> other.format().answer(other.text()).orElse(""))
            .toList();
    Optional<String> mode = SampledAccuracy.majority(answers);
    String own = member.format().answer(member.text()).orElse("");
    return mode.isPresent() && mode.get().equals(own) ? 1 : 0;
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
    long seed = Hashes.seed(context.seed(), UpdatePolicy.NAME, "random", round, member.id(), 0);
    return new RandomStream(seed).nextDouble() < term.probability() ? 1 : 0;
  }

  private double[] outcomes(RewardTerm.Outcome term, List<Member> members) {
    double[] values = new double[members.size()];
    List<Integer> asked = indices(term, members);
    List<Judge.Votes> votes =
        votes(
            term.model(),
            Judge.Granularity.OUTCOME,
            term.votes(),
            term.temperature(),
            4,
            members,
            asked);
    for (int k = 0; k < asked.size(); k++) {
      values[asked.get(k)] =
          votes.get(k).votes().stream()
              .mapToDouble(vote -> vote.outcome().orElse(false) ? 1 : 0)
              .average()
              .orElse(0);
    }
    return values;
  }

  private double[] classified(RewardTerm.Classifier term, List<Member> members) {
    List<Integer> asked = indices(term, members);
    List<List<Boolean>> verdicts =
        StepVerdicts.of(context.classifier(term.model()), cases(members, asked));
    double[] values = new double[members.size()];
    for (int k = 0; k < asked.size(); k++) {
      boolean right = !verdicts.get(k).isEmpty() && !verdicts.get(k).contains(false);
      values[asked.get(k)] = right ? 1 : 0;
    }
    return values;
  }

  private static List<Integer> indices(RewardTerm term, List<Member> members) {
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if (asked(term, members.get(i)) && !members.get(i).steps().isEmpty()) {
        asked.add(i);
      }
    }
    return asked;
  }

  private List<Judge.Votes> votes(
      String model,
      Judge.Granularity granularity,
      int votes,
      double temperature,
      int maxTokens,
      List<Member> members,
      List<Integer> asked) {
    List<Judge.Votes> judged =
        new Judge(context.model(model), granularity, Sampling.at(temperature, maxTokens), votes)
            .judge(cases(members, asked), context.seed(), UpdatePolicy.NAME, "judge", round);
    for (int k = 0; k < asked.size(); k++) {
      int member = asked.get(k);
      judged.get(k).error().ifPresent(error -> failures.put(member, error));
    }
    return judged;
  }

  private static List<Judge.Case> cases(List<Member> members, List<Integer> asked) {
    List<Judge.Case> cases = new ArrayList<>();
    for (int i : asked) {
      Member member = members.get(i);
      cases.add(
          new Judge.Case(member.problem(), member.text(), member.steps().size(), member.id()));
    }
    return cases;
  }
}
