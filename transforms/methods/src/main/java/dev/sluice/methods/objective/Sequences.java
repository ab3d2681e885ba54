package dev.sluice.methods.objective;

import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Example;
import java.util.Arrays;

/** Examples as tokens with loss weights. */
public final class Sequences {
  private Sequences() {}

  /**
   * Prompt and completion one after another. The loss lies on the completion and, if {@code ends},
   * on the end of text after it, with the example's weight on every token.
   */
  public static TrainingSequence completion(Trainer trainer, Example example, boolean ends) {
    int[] prompt = trainer.encodePrompt(example.prompt());
    int[] completion = trainer.encode(example.completion());
    int length = prompt.length + completion.length + (ends ? 1 : 0);
    int[] tokens = Arrays.copyOf(prompt, length);
    System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
    if (ends) {
      tokens[length - 1] = trainer.endOfText();
    }
    float[] weights = new float[length];
    Arrays.fill(weights, prompt.length, length, (float) example.weight());
    return TrainingSequence.weighted(tokens, weights);
  }
}
