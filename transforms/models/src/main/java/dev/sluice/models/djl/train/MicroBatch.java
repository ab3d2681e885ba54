package dev.sluice.models.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.ModelException;
import dev.sluice.models.training.CompletionLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.PairLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.models.training.TrainingSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of about one length, padded on the right: what one forward and backward pass works on. Only
 * the places that carry a loss reach the output layer.
 *
 * @param rows number of sequences
 * @param length padded length
 * @param tokens [rows * length]
 * @param counts number of places of each row
 * @param places flat places whose output carries a loss
 * @param targets the token, or 0, that each place is to predict
 * @param coefficients of each place
 * @param advantages of each place; empty if not given, as the next three
 */
@SuppressWarnings("ArrayRecordComponent")
record MicroBatch(
    int rows,
    int length,
    long[] tokens,
    int[] counts,
    long[] places,
    long[] targets,
    float[] coefficients,
    float[] advantages,
    float[] oldLogprobs,
    float[] referenceLogprobs,
    float[] labels) {

  /**
   * Cuts a batch: sorted by length (equal lengths keep their order), then filled up to the most
   * tokens, padding included; at least one row each. Pairs stay together, the chosen row first.
   */
  static List<MicroBatch> cut(
      List<TrainingSequence> batch, Loss loss, int mostTokens, int padToken) {
    float[][] coefficients = Coefficients.of(batch, loss);
    int together = loss instanceof Loss.Pairs ? 2 : 1;
    List<Integer> order =
        IntStream.range(0, batch.size() / together)
            .boxed()
            .sorted(Comparator.comparingInt(i -> longest(batch, i * together, together)))
            .flatMap(i -> IntStream.range(i * together, (i + 1) * together).boxed())
            .toList();
    List<MicroBatch> parts = new ArrayList<>();
    int start = 0;
    for (int i = together; i <= order.size(); i += together) {
      int rows = i + together - start;
      if (i == order.size() || (long) rows * longest(batch, order.get(i), together) > mostTokens) {
        MicroBatch part = of(batch, coefficients, order.subList(start, i), loss, padToken);
        if (part.places().length > 0) {
          parts.add(part);
        }
        start = i;
      }
    }
    return parts;
  }

  /** The most tokens of so many rows from one on. */
  private static int longest(List<TrainingSequence> batch, int first, int rows) {
    return batch.subList(first, first + rows).stream()
        .mapToInt(sequence -> sequence.tokens().length)
        .max()
        .orElse(0);
  }

  private static MicroBatch of(
      List<TrainingSequence> batch,
      float[][] coefficients,
      List<Integer> order,
      Loss loss,
      int padToken) {
    int rows = order.size();
    int length = order.stream().mapToInt(i -> batch.get(i).tokens().length).max().orElse(0);
    long[] tokens = new long[rows * length];
    Arrays.fill(tokens, padToken);
    // The output at a token predicts the next one; a label is predicted at its own token.
    int ahead = loss instanceof Loss.StepClassification ? 0 : 1;
    int count = 0;
    for (int index : order) {
      float[] row = coefficients[index];
      for (int t = ahead; t < row.length; t++) {
        count += row[t] == 0 ? 0 : 1;
      }
    }
    MicroBatch part =
        new MicroBatch(
            rows,
            length,
            tokens,
            new int[rows],
            new long[count],
            new long[count],
            new float[count],
            new float[count],
            new float[count],
            new float[count],
            new float[count]);
    int next = 0;
    for (int row = 0; row < rows; row++) {
      TrainingSequence sequence = batch.get(order.get(row));
      for (int t = 0; t < sequence.tokens().length; t++) {
        tokens[row * length + t] = sequence.tokens()[t];
        float coefficient = coefficients[order.get(row)][t];
        if (t < ahead || coefficient == 0) {
          continue;
        }
        part.places[next] = (long) row * length + t - ahead;
        part.targets[next] = sequence.tokens()[t];
        part.coefficients[next] = coefficient;
        part.advantages[next] = at(sequence.advantages(), t);
        part.oldLogprobs[next] = at(sequence.oldLogprobs(), t);
        part.referenceLogprobs[next] = at(sequence.referenceLogprobs(), t);
        part.labels[next] = at(sequence.labels(), t);
        part.counts[row]++;
        next++;
      }
    }
    return part;
  }

  private static float at(float[] values, int index) {
    return values.length == 0 ? 0 : values[index];
  }

  NDArray tokens(NDManager manager) {
    return manager.create(tokens, new Shape(rows, length));
  }

  /**
   * The losses of all places under a policy loss, and their derivatives.
   *
   * @param logprobs of each place under the policy in training, as the next two
   * @param ratios {@link PolicyTokens#ratios}
   * @param referenceRatios {@link PolicyTokens#referenceRatios}
   * @throws ModelException if a loss or a derivative is no finite number
   */
  TokenLosses losses(
      Loss.Policy policy, float[] logprobs, float[] ratios, float[] referenceRatios) {
    TokenLosses all = TokenLosses.zeros(places.length);
    int begin = 0;
    for (int count : counts) {
      int end = begin + count;
      PolicyTokens tokens =
          new PolicyTokens(
              Arrays.copyOfRange(coefficients, begin, end),
              Arrays.copyOfRange(advantages, begin, end),
              Arrays.copyOfRange(logprobs, begin, end),
              Arrays.copyOfRange(oldLogprobs, begin, end),
              Arrays.copyOfRange(ratios, begin, end),
              Arrays.copyOfRange(referenceLogprobs, begin, end),
              Arrays.copyOfRange(referenceRatios, begin, end));
      TokenLosses own = policy.of(tokens);
      for (int t = 0; t < count; t++) {
        check(policy.loss(), tokens, own, t);
        all.set(begin + t, own.losses()[t], own.derivatives()[t]);
      }
      begin = end;
    }
    return all;
  }

  /**
   * The losses of all pairs, at the first place of each, and the derivatives of all places.
   *
   * @param logprobs of each place under the policy in training
   * @throws ModelException if a loss or a derivative is no finite number
   */
  TokenLosses losses(Loss.Pairs pairs, float[] logprobs) {
    TokenLosses all = TokenLosses.zeros(places.length);
    int begin = 0;
    for (int row = 0; row < rows; row += 2) {
      int middle = begin + counts[row];
      int end = middle + counts[row + 1];
      PairLoss.Side chosen = side(logprobs, begin, middle);
      PairLoss.Side rejected = side(logprobs, middle, end);
      PairLoss.Value value = pairs.loss().of(chosen, rejected);
      if (!Double.isFinite(value.loss() + value.chosen() + value.rejected())) {
        throw new ModelException(
            "The loss %s of a pair is %s, with the derivatives %s and %s; all must be finite. The chosen completion has the log-ratio %s, the rejected one %s."
                .formatted(
                    pairs.loss(),
                    value.loss(),
                    value.chosen(),
                    value.rejected(),
                    chosen.logRatio(),
                    rejected.logRatio()));
      }
      all.losses()[begin] = (float) value.loss();
      for (int at = begin; at < end; at++) {
        all.derivatives()[at] =
            (float) (coefficients[at] * (at < middle ? value.chosen() : value.rejected()));
      }
      begin = end;
    }
    return all;
  }

  private PairLoss.Side side(float[] logprobs, int begin, int end) {
    double logprob = 0;
    double reference = 0;
    for (int at = begin; at < end; at++) {
      logprob += logprobs[at];
      reference += referenceLogprobs[at];
    }
    return new PairLoss.Side(logprob, reference, end - begin);
  }

  private static void check(CompletionLoss loss, PolicyTokens tokens, TokenLosses own, int token) {
    if (Float.isFinite(own.losses()[token]) && Float.isFinite(own.derivatives()[token])) {
      return;
    }
    throw new ModelException(
        "The policy loss %s of a token is %s and its derivative %s; both must be finite. The token has the log-probability %s (%s as it was written) and the advantage %s."
            .formatted(
                loss,
                own.losses()[token],
                own.derivatives()[token],
                tokens.logprobs()[token],
                tokens.oldLogprobs()[token],
                tokens.advantages()[token]));
  }
}
