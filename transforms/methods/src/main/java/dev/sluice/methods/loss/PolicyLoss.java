package dev.sluice.methods.loss;

import dev.sluice.models.training.CompletionLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.parts.Need;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.Set;

/** What an update minimises: the loss of each token of a response, with its derivative. */
@Port(value = "policy loss", stage = "UpdatePolicy", key = "loss", noun = "loss")
public interface PolicyLoss extends Part, CompletionLoss {

  @Override
  default Set<Need> needs() {
    return Set.of(Need.LOGPROBS);
  }

  /** A loss of one token that no other token of the response enters. */
  interface OfToken extends PolicyLoss {

    /** Sets the loss of a token and its derivative. */
    void of(PolicyTokens tokens, int token, TokenLosses losses);

    @Override
    default TokenLosses of(PolicyTokens tokens) {
      TokenLosses losses = TokenLosses.zeros(tokens.size());
      for (int t = 0; t < tokens.size(); t++) {
        of(tokens, t, losses);
      }
      return losses;
    }
  }
}
