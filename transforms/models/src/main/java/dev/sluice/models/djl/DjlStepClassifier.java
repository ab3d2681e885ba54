package dev.sluice.models.djl;

import dev.sluice.models.ModelCache;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.directory.Head;
import dev.sluice.models.djl.decode.LoadedModel;
import java.util.ArrayList;
import java.util.List;

/** A step classifier in this process; threads share its weights. */
final class DjlStepClassifier implements StepClassifier {
  private final ModelCache.Handle<LoadedModel> handle;
  private final LoadedModel model;
  private final ModelInfo info;

  /**
   * Takes over a handle, and gives it back when it is closed.
   *
   * @param name in messages
   * @throws ModelException if the model has another head
   */
  DjlStepClassifier(String name, ModelCache.Handle<LoadedModel> handle) {
    this.handle = handle;
    this.model = handle.model();
    this.info = model.info(name);
    if (model.config().head() != Head.STEP_CLASSIFICATION) {
      handle.close();
      throw new ModelException(
          name
              + (model.config().head() == Head.LANGUAGE_MODEL
                  ? " is a language model"
                  : " gives one value for a text")
              + " and does not classify steps. Name a model that was trained"
              + " with the objective prm or orm here.");
    }
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public int[] encodePrompt(String text) {
    return model.tokenizer().encodePrompt(text);
  }

  @Override
  public int[] encode(String text) {
    return model.tokenizer().encode(text);
  }

  @Override
  public List<float[]> scoreSteps(List<int[]> tokens, List<int[]> positions) {
    List<LoadedModel.Marked> rows = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      int[] places = positions.get(i);
      int length = tokens.get(i).length;
      for (int place : places) {
        if (place < 0 || place >= length) {
          throw new ModelException(
              "Step position " + place + " lies outside of a row of " + length + " tokens.");
        }
      }
      rows.add(new LoadedModel.Marked(tokens.get(i), places, new int[places.length]));
    }
    return model.pass(
        rows,
        (array, places, targets) -> {
          float[] both =
              model.decoder().logits(model.weights(), array, places).softmax(-1).toFloatArray();
          float[] right = new float[both.length / Head.LABELS];
          for (int i = 0; i < right.length; i++) {
            right[i] = both[Head.LABELS * i + 1];
          }
          return right;
        });
  }

  @Override
  public void close() {
    handle.close();
  }
}
