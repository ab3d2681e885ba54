package dev.sluice.pipelines.run.worker;

import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenCertainty;
import dev.sluice.records.manifest.Usage;
import java.util.List;

/** A model whose calls are accounted. A scored completion counts as a call of prompt tokens. */
final class MeteredModel implements LanguageModel {
  private final LanguageModel model;
  private final UsageMeter meter;
  private final Runnable calling;

  /**
   * A model.
   *
   * @param calling run before every call
   */
  MeteredModel(LanguageModel model, UsageMeter meter, Runnable calling) {
    this.model = model;
    this.meter = meter;
    this.calling = calling;
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public List<String> warnings() {
    return model.warnings();
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests) {
    calling.run();
    List<Generation> generations;
    try (UsageMeter.Call call = meter.call()) {
      generations = model.generate(requests, call::grew);
    } finally {
      meter.warned(model.warnings());
    }
    long calls = 0;
    Usage used = Usage.NONE;
    for (int i = 0; i < requests.size(); i++) {
      generations.get(i).completions().forEach(each -> each.flaws().forEach(meter::flawed));
      calls += requests.get(i).seeds().size();
      used = used.plus(generations.get(i).usage());
    }
    meter.add(
        new Usage(
            calls,
            used.callsFromCache(),
            used.promptTokens(),
            used.completionTokens(),
            used.costUsd()));
    return generations;
  }

  @Override
  public List<float[]> score(List<ScoreRequest> requests) {
    List<float[]> scores = model.score(requests);
    scored(requests);
    return scores;
  }

  @Override
  public List<TokenCertainty> certainty(List<ScoreRequest> requests) {
    List<TokenCertainty> certainty = model.certainty(requests);
    scored(requests);
    return certainty;
  }

  private void scored(List<ScoreRequest> requests) {
    long tokens = 0;
    for (ScoreRequest request : requests) {
      tokens += request.prompt().length + request.completion().length;
    }
    meter.add(new Usage(requests.size(), 0, tokens, 0, 0));
  }

  @Override
  public int[] encodePrompt(String text) {
    return model.encodePrompt(text);
  }

  @Override
  public int[] encode(String text) {
    return model.encode(text);
  }

  @Override
  public String decode(int[] tokens) {
    return model.decode(tokens);
  }

  @Override
  public void close() {
    model.close();
  }
}
