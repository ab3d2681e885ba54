package dev.sluice.methods.reward;

import dev.sluice.methods.text.StepPlace;
import dev.sluice.models.ModelException;
import dev.sluice.models.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A solution as tokens for a step classifier: the prompt, then every step with a newline between,
 * or with a separator or a marker after it. The pieces are tokenized one by one, so that a step
 * ends with a token of its own.
 *
 * @param tokens all tokens
 * @param positions index of the token that carries the label of each step
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepTokens(int[] tokens, int[] positions) {

  /**
   * The tokens of a prompt and steps.
   *
   * @param place which token carries the label of a step
   * @throws ModelException if the model has no token for it
   */
  public static StepTokens of(
      TextEncoder encoder, String prompt, List<String> steps, StepPlace place) {
    boolean own = place.token() == StepPlace.At.LAST_TOKEN;
    int[] after = own ? encoder.encode("\n") : label(encoder, place);
    List<int[]> pieces = new ArrayList<>();
    pieces.add(encoder.encodePrompt(prompt));
    int length = pieces.get(0).length;
    int[] positions = new int[steps.size()];
    for (int i = 0; i < steps.size(); i++) {
      int[] step = encoder.encode(steps.get(i));
      pieces.add(step);
      length += step.length;
      int end = length;
      if (!own || i + 1 < steps.size()) {
        pieces.add(after);
        length += after.length;
      }
      positions[i] = (own ? end : length) - 1;
    }
    int[] tokens = new int[length];
    int at = 0;
    for (int[] piece : pieces) {
      System.arraycopy(piece, 0, tokens, at, piece.length);
      at += piece.length;
    }
    return new StepTokens(tokens, positions);
  }

  /** The tokens that follow every step, the last of which carries its label. */
  private static int[] label(TextEncoder encoder, StepPlace place) {
    int[] after = encoder.encode(place.after());
    boolean marker = place.token() == StepPlace.At.MARKER;
    if (after.length == 0 || (marker && after.length != 1)) {
      throw new ModelException(
          "The labels of steps are at %s, which is %s in this model's vocabulary%s. Name in 'label_at' the text that the head was trained with."
              .formatted(
                  place.described(),
                  after.length == 0 ? "no token" : after.length + " tokens",
                  marker ? ", where a marker is one token" : ""));
    }
    return after;
  }

  /** The weights and labels of a training row: 1 and the step's label at each position. */
  public float[][] weightsAndLabels(List<Double> stepLabels) {
    float[] weights = new float[tokens.length];
    float[] labels = new float[tokens.length];
    for (int i = 0; i < positions.length; i++) {
      weights[positions[i]] = 1;
      labels[positions[i]] = stepLabels.get(i).floatValue();
    }
    return new float[][] {weights, labels};
  }

  @Override
  public String toString() {
    return Arrays.toString(tokens) + " at " + Arrays.toString(positions);
  }
}
