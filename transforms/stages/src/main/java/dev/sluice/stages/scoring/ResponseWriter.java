package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.Response;
import dev.sluice.models.TokenSpans;

/** The model that wrote responses. */
public interface ResponseWriter {

  /** The place of each token of a response in its text. */
  TokenSpans tokens(Response response);
}
