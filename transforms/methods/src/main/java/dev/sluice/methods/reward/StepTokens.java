package dev.sluice.methods.reward;

import dev.sluice.models.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A solution as tokens for a step classifier: the prompt, then every step with a newline between.
 * The pieces are tokenized one by one, so that a step ends with a token of its own.
 *
 * @param tokens all tokens
 * @param positions index of the last token of each step
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepTokens(int[] tokens, int[] positions) {

  /** The tokens of a prompt and steps. */
  public static StepTokens of(TextEncoder encoder, String prompt, List<String> steps) {
    List<int[]> pieces = new ArrayList<>();
    pieces.add(encoder.encodePrompt(prompt));
    int length = pieces.get(0).length;
    int[] positions = new int[steps.size()];
    for (int i = 0; i < steps.size(); i++) {
      if (i > 0) {
        int[] newline = encoder.encode("\n");
        pieces.add(newline);
        length += newline.length;
      }
      int[] step = encoder.encode(steps.get(i));
      pieces.add(step);
      length += step.length;
      positions[i] = length - 1;
    }
    int[] tokens = new int[length];
    int at = 0;
    for (int[] piece : pieces) {
      System.arraycopy(piece, 0, tokens, at, piece.length);
      at += piece.length;
    }
    return new StepTokens(tokens, positions);
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
