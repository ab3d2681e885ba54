package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.Response;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import java.util.List;

/** The model that wrote responses. */
public interface ResponseWriter {

  /** The place of each token of a response in its text. */
  TokenSpans tokens(Response response);

  /** The text that the response continues. */
  String prompt(Response response);

  /** How certain the model was at each token of each response. */
  List<TokenCertainty> certainty(List<Response> responses);
}
