package dev.sluice.stages.selection;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.models.TokenSpans;
import dev.sluice.stages.scoring.InitialPolicy;
import java.util.List;

/**
 * What nobody can say of stored solutions: how their texts were cut into tokens, and what the
 * initial policy would have written. Parts that ask are refused before ({@link RefusedParts}).
 */
final class StoredResponses implements InitialPolicy {
  @Override
  public TokenSpans tokens(Response response) {
    throw new IllegalStateException(
        "A reward asks for the tokens of a stored solution, which are not kept. Its part must say that it needs LOGPROBS.");
  }

  @Override
  public List<Group> responses(List<Group> groups, int count) {
    throw new IllegalStateException(
        "A reward shape asks for responses of an initial policy, but SelectSolutions has none.");
  }
}
