package dev.sluice.pipelines.run;

import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ScoreRequest;
import java.util.List;

/** A model whose calls are accounted. A scored completion counts as a call of prompt tokens. */
final class MeteredModel implements LanguageModel {
  private final LanguageModel model;
  private final UsageMeter meter;

  MeteredModel(LanguageModel model, UsageMeter meter) {
    this.model = model;
    this.meter = meter;
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests) {
    List<Generation> generations = model.generate(requests);
    long calls = 0;
    long prompt = 0;
    long completion = 0;
    for (int i = 0; i < requests.size(); i++) {
      calls += requests.get(i).seeds().size();
      prompt += generations.get(i).promptTokens();
      for (Completion each : generations.get(i).completions()) {
        completion += each.tokens().length;
      }
    }
    meter.add(calls, prompt, completion);
    return generations;
  }

  @Override
  public List<float[]> score(List<ScoreRequest> requests) {
    List<float[]> scores = model.score(requests);
    long tokens = 0;
    for (ScoreRequest request : requests) {
      tokens += request.prompt().length + request.completion().length;
    }
    meter.add(requests.size(), tokens, 0);
    return scores;
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
