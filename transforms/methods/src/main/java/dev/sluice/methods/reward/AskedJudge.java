package dev.sluice.methods.reward;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.models.Sampling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
            Sampling.at(temperature, maxTokens).endedBy(prompt.stop(List.of())))
        .ask(
            requests(responses).stream().map(each -> each.forVotes(votes)).toList(),
            new Judge.Seeds(context.seed(), context.stage(), "judge", context.round()));
  }

  /** Responses to be judged, each with the others to its problem in the order of their index. */
  static List<JudgeRequest> requests(List<Response> responses) {
    List<JudgeRequest> requests = new ArrayList<>(responses.size());
    Map<String, List<Response>> groups =
        responses.stream().collect(Collectors.groupingBy(each -> each.problem().problemId()));
    for (Response each : responses) {
      List<String> siblings =
          groups.getOrDefault(each.problem().problemId(), List.of()).stream()
              .filter(other -> other.index() != each.index())
              .sorted(Comparator.comparingInt(Response::index))
              .map(Response::text)
              .toList();
      requests.add(
          new JudgeRequest(each.problem(), each.text(), each.steps().size(), each.id())
              .among(siblings));
    }
    return requests;
  }

  /** Votes that did not parse. */
  static int unparsed(Judge.Votes votes) {
    return (int) votes.votes().stream().filter(vote -> !vote.parsed()).count();
  }
}
