package dev.sluice.stages.selection;

import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.stages.scoring.InitialPolicy;
import java.util.List;

/**
 * What nobody can say of stored solutions: how their texts were cut into tokens, and what the
 * initial policy would have written. Parts that ask are refused before ({@link RefusedParts}).
 */
record StoredResponses(SolvePrompt asked) implements InitialPolicy {
  private static final String NOT_KEPT =
      "A reward asks for the tokens of a stored solution, which are not kept. Its part must say that it needs LOGPROBS.";

  @Override
  public String prompt(Response response) {
    return asked.text(response.problem());
  }

  @Override
  public List<TokenCertainty> certainty(List<Response> responses) {
    throw new IllegalStateException(NOT_KEPT);
  }

  @Override
  public TokenSpans tokens(Response response) {
    throw new IllegalStateException(NOT_KEPT);
  }

  @Override
  public List<Group> responses(List<Group> groups, int count) {
    throw new IllegalStateException(
        "A reward shape asks for responses of an initial policy, but SelectSolutions has none.");
  }
}
