package dev.sluice.stages.policy;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.reward.Judgement;
import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.Sampling;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.reward.StepVerdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reward of rollouts, term by term; every term sees all rollouts of a unit at once. */
final class RewardFunction {
  /** A rollout is accepted above this share of its votes: a tie is no acceptance. */
  private static final double ACCEPTED = 0.5;

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
    List<Judged> judges = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    double[] accepted = new double[members.size()];
    boolean first = true;
    for (RewardTerm term : config.reward()) {
      double[] values = new double[members.size()];
      if (term instanceof RewardTerm.Process process) {
        Judged judged = judge(process, members);
        judges.add(judged);
        weights.add(process.weight());
        for (int i = 0; i < values.length; i++) {
          values[i] = score(process, judged, i);
        }
      } else {
        values = values(term, members);
        if (first) {
          accepted = accepted(term, values);
        }
      }
      for (int i = 0; i < values.length; i++) {
        double value = asked(term, members.get(i)) ? values[i] : 0;
        terms.get(i).merge(term.name(), value, Double::sum);
        sums[i] += term.weight() * value;
      }
      first = false;
    }
    Judged all = combined(judges, weights, members);
    List<Rewarded> rewarded = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      rewarded.add(
          new Rewarded(
              terms.get(i),
              sums[i],
              all.judgements().get(i),
              all.verdicts().get(i),
              (judges.isEmpty() ? accepted[i] : all.judgements().get(i).y()) > ACCEPTED,
              failures.get(i)));
    }
    return rewarded;
  }

  /** Votes so far that did not parse. */
  long unparsed() {
    return unparsed;
  }

  private static boolean asked(RewardTerm term, Member member) {
    if (term instanceof RewardTerm.Process process
        && process.answerFollows()
        && !member.answerFollows()) {
      return false;
    }
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

  /** Step credit and acceptance of all terms {@code process} together. */
  private static Judged combined(List<Judged> judges, List<Double> weights, List<Member> members) {
    if (judges.isEmpty()) {
      return Judged.none(members);
    }
    if (judges.size() == 1) {
      return judges.get(0);
    }
    Judged none = Judged.none(members);
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      int member = i;
      judgements.add(
          ProcessJudge.combine(
              judges.stream().map(judged -> judged.judgements().get(member)).toList(), weights));
    }
    return new Judged(judgements, none.verdicts(), none.sums());
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
            term.asked(),
            term.votes(),
            term.temperature(),
            term.maxTokens(),
            members,
            asked);
    ProcessJudge judge = new ProcessJudge(config, term);
    for (int k = 0; k < asked.size(); k++) {
      Member member = members.get(asked.get(k));
      List<Judge.Vote> own = votes.get(k).votes();
      unparsed += own.stream().filter(vote -> !vote.parsed()).count();
      none.sums()[asked.get(k)] = judge.sum(member, own);
      if (!own.isEmpty()) {
        judgements.set(asked.get(k), judge.judge(member, own));
        verdicts.set(asked.get(k), judge.verdicts(member, own));
      }
    }
    return new Judged(judgements, verdicts, none.sums());
  }

  /** Above one half where the reward takes a member for right. */
  private static double[] accepted(RewardTerm term, double[] values) {
    return term instanceof RewardTerm.Semantic semantic
        ? Arrays.stream(values).map(cosine -> cosine > semantic.acceptedAbove() ? 1 : 0).toArray()
        : values.clone();
  }

  private double[] values(RewardTerm term, List<Member> members) {
    if (term instanceof RewardTerm.Outcome outcome) {
      return outcomes(outcome, members);
    }
    if (term instanceof RewardTerm.Classifier classifier) {
      return classified(classifier, members);
    }
    if (term instanceof RewardTerm.Semantic semantic) {
      return semantic(semantic, members);
    }
    return new UnjudgedReward(context.seed(), round).of(term, members);
  }

  private double[] outcomes(RewardTerm.Outcome term, List<Member> members) {
    double[] values = new double[members.size()];
    List<Integer> asked = indices(term, members);
    List<Judge.Votes> votes =
        votes(
            term.model(),
            Judge.Granularity.OUTCOME,
            term.asked(),
            term.votes(),
            term.temperature(),
            term.mostTokens(),
            members,
            asked);
    for (int k = 0; k < asked.size(); k++) {
      unparsed += votes.get(k).votes().stream().filter(vote -> !vote.parsed()).count();
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

  private double[] semantic(RewardTerm.Semantic term, List<Member> members) {
    List<Integer> asked = indices(term, members);
    double[] cosines =
        new SemanticReward(context.embedder(term.encoder()))
            .of(asked.stream().map(members::get).toList());
    double[] values = new double[members.size()];
    for (int k = 0; k < cosines.length; k++) {
      values[asked.get(k)] = cosines[k];
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
      JudgePrompt prompt,
      int votes,
      double temperature,
      int maxTokens,
      List<Member> members,
      List<Integer> asked) {
    List<Judge.Votes> judged =
        new Judge(
                context.model(model),
                granularity,
                prompt,
                Sampling.at(temperature, maxTokens).endedBy(prompt.stop(List.of())),
                votes)
            .judge(cases(members, asked), context.seed(), UpdatePolicy.NAME, "judge", round);
    for (int k = 0; k < asked.size(); k++) {
      int member = asked.get(k);
      judged.get(k).failure().ifPresent(failure -> failures.put(member, failure.message()));
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
