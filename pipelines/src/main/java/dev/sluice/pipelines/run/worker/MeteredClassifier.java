package dev.sluice.pipelines.run.worker;

import dev.sluice.models.ModelInfo;
import dev.sluice.models.StepClassifier;
import dev.sluice.records.manifest.Usage;
import java.util.List;

/** A classifier whose calls are accounted: one for each sequence, in prompt tokens. */
final class MeteredClassifier implements StepClassifier {
  private final StepClassifier classifier;
  private final UsageMeter meter;

  MeteredClassifier(StepClassifier classifier, UsageMeter meter) {
    this.classifier = classifier;
    this.meter = meter;
  }

  @Override
  public ModelInfo info() {
    return classifier.info();
  }

  @Override
  public List<float[]> scoreSteps(List<int[]> tokens, List<int[]> positions) {
    List<float[]> probabilities = classifier.scoreSteps(tokens, positions);
    meter.add(
        new Usage(tokens.size(), 0, tokens.stream().mapToLong(each -> each.length).sum(), 0, 0));
    return probabilities;
  }

  @Override
  public int[] encodePrompt(String text) {
    return classifier.encodePrompt(text);
  }

  @Override
  public int[] encode(String text) {
    return classifier.encode(text);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
