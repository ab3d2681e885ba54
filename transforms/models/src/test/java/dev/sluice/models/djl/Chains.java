package dev.sluice.models.djl;

import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Chains of arithmetic with their solutions, one token a character: something to learn. */
public final class Chains {
  static final String VOCABULARY = "\0\1\n 0123456789+-*=#:?abcdxyn";
  static final int END = 1;

  private final RandomStream random;

  public Chains(long seed) {
    random = new RandomStream(seed);
  }

  /** A prompt such as {@code 23+4-8:} and its solution, apart. */
  String[] next() {
    int value = random.nextInt(2, 60);
    int operations = random.nextInt(2, 6);
    StringBuilder prompt = new StringBuilder().append(value);
    StringBuilder solution = new StringBuilder();
    for (int i = 0; i < operations; i++) {
      char operator;
      int operand;
      int result;
      do {
        operator = "++--*".charAt(random.nextInt(5));
        operand = random.nextInt(2, 9);
        result =
            operator == '+' ? value + operand : operator == '-' ? value - operand : value * operand;
      } while (result < 0 || result > 99);
      prompt.append(operator).append(operand);
      solution
          .append(value)
          .append(operator)
          .append(operand)
          .append('=')
          .append(result)
          .append('\n');
      value = result;
    }
    return new String[] {
      prompt.append(':').toString(), solution.append('#').append(value).toString()
    };
  }

  static int[] encode(String text) {
    return text.chars().map(VOCABULARY::indexOf).toArray();
  }

  static TrainingSequence sequence(String[] pair) {
    int[] prompt = encode(pair[0]);
    int[] completion = encode(pair[1]);
    int[] tokens = new int[prompt.length + completion.length + 1];
    float[] weights = new float[tokens.length];
    System.arraycopy(prompt, 0, tokens, 0, prompt.length);
    System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
    tokens[tokens.length - 1] = END;
    java.util.Arrays.fill(weights, prompt.length, tokens.length, 1);
    return TrainingSequence.weighted(tokens, weights);
  }

  public List<TrainingSequence> batch(int size) {
    List<TrainingSequence> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(sequence(next()));
    }
    return batch;
  }
}
