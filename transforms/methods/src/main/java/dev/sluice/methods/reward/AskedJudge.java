package dev.sluice.methods.reward;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.Sampling;
import java.util.List;

/**
 * A judge that a reward term asks about responses.
 *
 * @param model its name in the file
 * @param granularity what a vote speaks about
 * @param prompt how it is asked
 * @param votes votes on each response
 * @param temperature divides its logits; 0 is greedy
 * @param maxTokens most tokens of a vote
 */
record AskedJudge(
    String model,
    Judge.Granularity granularity,
    JudgePrompt prompt,
    int votes,
    double temperature,
    int maxTokens) {

  /** The votes on each response, in order. */
  List<Judge.Votes> ask(List<Response> responses, RewardContext context) {
    return new Judge(
            context.model(model),
            granularity,
            prompt,
            Sampling.at(temperature, maxTokens).endedBy(prompt.stop(List.of())),
            votes)
        .judge(cases(responses), context.seed(), context.stage(), "judge", context.round());
  }

  static List<Judge.Case> cases(List<Response> responses) {
    return responses.stream()
        .map(each -> new Judge.Case(each.problem(), each.text(), each.steps().size(), each.id()))
        .toList();
  }

  /** Votes that did not parse. */
  static int unparsed(Judge.Votes votes) {
    return (int) votes.votes().stream().filter(vote -> !vote.parsed()).count();
  }
}
