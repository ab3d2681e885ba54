package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What one reward term finds. */
final class Asking implements RewardContext {
  private final WeightedReward term;
  private final UpdatePolicyConfig config;
  private final UnitContext context;
  private final LanguageModel writer;
  private final int round;
  private final Consumer<String> ended;

  /**
   * Serves a term.
   *
   * @param writer the model that wrote the responses
   * @param ended takes how programs ended that did not end well
   */
  Asking(
      WeightedReward term,
      UpdatePolicyConfig config,
      UnitContext context,
      LanguageModel writer,
      int round,
      Consumer<String> ended) {
    this.term = term;
    this.config = config;
    this.context = context;
    this.writer = writer;
    this.round = round;
    this.ended = ended;
  }

  @Override
  public void ended(String how) {
    ended.accept(how);
  }

  @Override
  public boolean asks(Response response) {
    return term.asks(response);
  }

  @Override
  public LanguageModel model(String name) {
    return context.model(name);
  }

  @Override
  public StepClassifier classifier(String name) {
    return context.classifier(name);
  }

  @Override
  public Embedder embedder(String name) {
    return context.embedder(name);
  }

  @Override
  public TokenSpans tokens(Response response) {
    return TokenSpans.of(writer::decode, response.completion().tokens());
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
              writer.encodePrompt(prompt(response)),
              response.completion().tokens(),
              config.temperature()));
    }
    return writer.certainty(requests);
  }

  @Override
  public long seed() {
    return context.seed();
  }

  @Override
  public String stage() {
    return UpdatePolicy.NAME;
  }

  @Override
  public int round() {
    return round;
  }

  @Override
  public StepScoreRules rules() {
    return new StepScoreRules(config.onMismatch(), config.credit().guard(), config.stepBounds());
  }
}
