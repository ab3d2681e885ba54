package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.stages.UnitContext;
import java.util.List;
import java.util.function.Consumer;

/** What one reward term finds. */
final class TermContext implements RewardContext {
  private final WeightedReward term;
  private final RewardSetting setting;
  private final UnitContext context;
  private final ResponseWriter writer;
  private final Consumer<String> ended;

  /**
   * Serves a term.
   *
   * @param writer what wrote the responses
   * @param ended takes how programs ended that did not end well
   */
  TermContext(
      WeightedReward term,
      RewardSetting setting,
      UnitContext context,
      ResponseWriter writer,
      Consumer<String> ended) {
    this.term = term;
    this.setting = setting;
    this.context = context;
    this.writer = writer;
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
    return writer.tokens(response);
  }

  @Override
  public String prompt(Response response) {
    return writer.prompt(response);
  }

  @Override
  public List<TokenCertainty> certainty(List<Response> responses) {
    return writer.certainty(responses);
  }

  @Override
  public long seed() {
    return context.seed();
  }

  @Override
  public String stage() {
    return setting.stage();
  }

  @Override
  public int round() {
    return setting.round();
  }

  @Override
  public StepScoreRules rules() {
    return setting.rules();
  }
}
