package dev.sluice.stages.selection;

import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.stages.scoring.InitialPolicy;
import java.util.List;

/**
 * Stored solutions have no boundaries of tokens and no initial policy. Parts that ask for these are
 * refused before ({@link RefusedParts}).
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
