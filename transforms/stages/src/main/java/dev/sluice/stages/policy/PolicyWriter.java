package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Response;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.stages.scoring.ResponseWriter;
import java.util.ArrayList;
import java.util.List;

/** A policy that wrote responses in this run, so that it knows their tokens. */
record PolicyWriter(UpdatePolicyConfig config, LanguageModel policy) implements ResponseWriter {
  @Override
  public TokenSpans tokens(Response response) {
    return TokenSpans.of(policy::decode, response.completion().tokens());
  }

  @Override
  public String prompt(Response response) {
    return config.asked().text(response.problem());
  }

  @Override
  public List<TokenCertainty> certainty(List<Response> responses) {
    List<ScoreRequest> requests = new ArrayList<>();
    for (Response response : responses) {
      requests.add(
          new ScoreRequest(
              policy.encodePrompt(prompt(response)),
              response.completion().tokens(),
              config.temperature()));
    }
    return policy.certainty(requests);
  }
}
