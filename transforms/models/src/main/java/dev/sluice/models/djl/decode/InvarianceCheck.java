package dev.sluice.models.djl.decode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.numerics.Invariance;
import dev.sluice.models.numerics.RowGroups;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Looks in what groups the rows of a product must come on this processor so that a row's bits do
 * not depend on the other rows: runs the first layer and the head of the very model, decoding and
 * working through prompts, with several numbers of rows.
 */
final class InvarianceCheck {
  private static final List<Integer> PROMPTS = List.of(1, 2, 3, 7);

  private final LlamaDecoder decoder;
  private final NDManager manager;

  /**
   * @param decoder of one layer
   * @param manager owns what the check makes
   */
  InvarianceCheck(LlamaDecoder decoder, NDManager manager) {
    this.decoder = decoder;
    this.manager = manager;
  }

  /**
   * Checks a model of one layer.
   *
   * @param weights in the order of the script
   */
  Invariance model(NDList weights) {
    long size = weights.stream().mapToLong(NDArray::size).sum() - weights.get(0).size();
    NDArray cache = decoder.newCache(manager, RowGroups.MAX_ROWS, LlamaDecoder.BLOCK);
    RowGroups groups = new RowGroups(size);
    return groups.smallest(
        rows -> step(rows, weights, cache),
        group -> PROMPTS.stream().map(count -> prompts(group, count, weights)).toList());
  }

  /** Checks the product with one matrix [out, in], packed or plain. */
  Invariance matrix(NDArray matrix) {
    int width = Math.toIntExact(matrix.getShape().get(1));
    IntFunction<RowGroups.Rows> product =
        rows -> {
          try (NDManager scope = manager.newSubManager()) {
            float[] values = new float[rows * width];
            for (int i = 0; i < values.length; i++) {
              values[i] = value(RowGroups.kind(i / width), i % width);
            }
            NDArray array = scope.create(values, new Shape(rows, width));
            return RowGroups.Rows.of(decoder.product(array, matrix).toFloatArray(), rows, rows);
          }
        };
    return new RowGroups(matrix.size()).smallest(product, group -> List.of());
  }

  /** Numbers without a pattern, between -1 and 1. */
  private static float value(int kind, int place) {
    int mixed = (kind * 7919 + place) * 0x9E3779B1;
    return (mixed >> 8) / (float) (1 << 23);
  }

  private int token(int row) {
    return (int) ((RowGroups.kind(row) + 1L) * 7919 % decoder.config().vocabularySize());
  }

  private RowGroups.Rows step(int rows, NDList weights, NDArray cache) {
    try (NDManager scope = manager.newSubManager()) {
      long[] tokens = new long[rows];
      long[] positions = new long[rows];
      Arrays.setAll(tokens, this::token);
      Arrays.fill(positions, LlamaDecoder.BLOCK / 2);
      float[] mask = DecodingBatch.mask(positions, LlamaDecoder.BLOCK, 0);
      NDArray seen = scope.create(mask, new Shape(rows, 1, 1, LlamaDecoder.BLOCK));
      NDArray logits =
          decoder.step(
              weights,
              scope.create(tokens),
              scope.create(positions),
              scope.arange(0, rows, 1, DataType.INT64),
              seen,
              seen,
              cache);
      return RowGroups.Rows.of(logits.toFloatArray(), rows, rows);
    }
  }

  private RowGroups.Rows prompts(int group, int count, NDList weights) {
    int length = LlamaDecoder.BLOCK;
    int prompts = LlamaDecoder.prompts(group, count, length);
    int outputs = LlamaDecoder.grouped(group, count);
    try (NDManager scope = manager.newSubManager()) {
      long[] tokens = new long[prompts * length];
      Arrays.setAll(tokens, i -> token(RowGroups.kind(i / length) + i % length));
      long[] places = new long[outputs];
      Arrays.setAll(places, i -> (long) (i % prompts) * length + length - 1);
      NDArray logits =
          decoder.logits(
              weights, scope.create(tokens, new Shape(prompts, length)), scope.create(places));
      return RowGroups.Rows.of(logits.toFloatArray(), outputs, prompts);
    }
  }
}
