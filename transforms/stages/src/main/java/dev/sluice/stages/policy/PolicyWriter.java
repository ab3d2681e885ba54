package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Response;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.TokenSpans;
import dev.sluice.stages.scoring.ResponseWriter;

/** A policy that wrote responses in this run, so that it decodes their tokens. */
record PolicyWriter(LanguageModel policy) implements ResponseWriter {
  @Override
  public TokenSpans tokens(Response response) {
    return TokenSpans.of(policy::decode, response.completion().tokens());
  }
}
