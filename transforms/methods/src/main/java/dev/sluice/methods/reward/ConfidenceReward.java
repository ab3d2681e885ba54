package dev.sluice.methods.reward;

import dev.sluice.methods.text.AnswerTokens;
import dev.sluice.models.Completion;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Kind;
import java.util.OptionalDouble;
import java.util.Set;

/** The policy's own confidence in its answer. */
@Kind(
    value = "confidence",
    doc =
        "Mean probability of the answer's tokens under the policy that wrote them; 0 if there is no answer.")
@Method(
    name = "Answer confidence (CRew)",
    paper = "CRew (METHODS 3.17)",
    formula = "r = mean over the answer's tokens of p(token)",
    departs =
        "Probabilities are of the distribution that rollouts are drawn from: at 'temperature'.")
public record ConfidenceReward() implements GroupReward {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.LOGPROBS);
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    Completion completion = response.completion();
    return response
        .format()
        .answer(response.problem(), response.text())
        .map(
            answer ->
                AnswerTokens.meanProbability(
                    response.text(), context.tokens(response), completion.logprobs(), answer))
        .orElse(OptionalDouble.empty())
        .orElse(0);
  }
}
