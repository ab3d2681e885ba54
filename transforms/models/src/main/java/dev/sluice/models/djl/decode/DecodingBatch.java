package dev.sluice.models.djl.decode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.djl.engine.LlamaDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws many samples at once. A sample sits in a row of the cache until it is finished; then the
 * next one takes the row. Prompts of one padded length are worked through together, each once for
 * all its samples that start together.
 *
 * <p>What a sample draws depends on itself alone, to the bit: prompts are padded to whole blocks of
 * their own, keys and values are attended to in whole blocks, the rows of a product come in groups,
 * as the model needs it on this processor, and all runs on one thread.
 */
public final class DecodingBatch {
  /** Most prompt tokens, padding included, of one pass: bounds its memory. */
  private static final int PREFILL_TOKENS = 16_384;

  private final LlamaDecoder decoder;
  private final NDList weights;
  private final int group;
  private final NDManager manager;
  private final boolean[] endTokens;
  private final @Nullable Sample[] rows;
  private final NDArray cache;

  /** Rows from 0 on that a step works on; those in between may be free. */
  private int span;

  private int active;

  /** Where samples come from. */
  public interface Source {
    /**
     * The next samples, at most so many, best those of one prompt together and by the length of
     * prompts.
     *
     * @param idle nothing else is to be done: this may wait for samples to come, and if it gives
     *     none the batch is done
     */
    List<Sample> take(int most, boolean idle);

    /** Whether nothing waits now, so that rows may move together. */
    boolean isEmpty();
  }

  /**
   * A batch of so many rows.
   *
   * @param places most tokens of a row, in whole blocks
   * @param ends tokens that end a sample
   */
  public DecodingBatch(
      LoadedModel model, NDManager manager, int rowCount, int places, List<Integer> ends) {
    decoder = model.decoder();
    weights = model.weights();
    group = model.rowGroup();
    this.manager = manager;
    endTokens = new boolean[decoder.config().vocabularySize()];
    ends.stream()
        .filter(token -> token >= 0 && token < endTokens.length)
        .forEach(token -> endTokens[token] = true);
    rows = new Sample[LlamaDecoder.grouped(group, rowCount)];
    cache = decoder.newCache(manager, rows.length, places);
  }

  /** Finishes all samples, which are best sorted by the length of their prompts. */
  public void run(List<Sample> samples) {
    run(
        new Source() {
          private int next;

          @Override
          public List<Sample> take(int most, boolean idle) {
            int begin = next;
            next = Math.min(samples.size(), begin + most);
            return samples.subList(begin, next);
          }

          @Override
          public boolean isEmpty() {
            return next == samples.size();
          }
        });
  }

  /** Takes samples and finishes them until no more come. */
  public void run(Source source) {
    while (true) {
      int free = rows.length - active;
      // A pass over few prompts costs as much as one over many: wait until some rows are free.
      if (active == 0 || (!source.isEmpty() && free >= Math.max(1, rows.length / 8))) {
        List<Sample> next = source.take(free, active == 0);
        if (next.isEmpty() && active == 0) {
          return;
        }
        start(next);
      }
      if (source.isEmpty()) {
        compact();
      }
      if (active > 0) {
        step();
      }
    }
  }

  /** Works through the prompts of new samples and draws their first tokens. */
  private void start(List<Sample> samples) {
    Map<Integer, List<Sample>> byLength = new LinkedHashMap<>();
    for (Sample sample : samples) {
      byLength
          .computeIfAbsent(LlamaDecoder.blocks(sample.prompt.length), k -> new ArrayList<>())
          .add(sample);
    }
    byLength.forEach(
        (length, group) -> {
          List<Sample> part = new ArrayList<>();
          int prompts = 0;
          for (Sample sample : group) {
            boolean another = part.isEmpty() || part.get(part.size() - 1).prompt != sample.prompt;
            if (another && !part.isEmpty() && (prompts + 1) * length > PREFILL_TOKENS) {
              prefill(part, length);
              part.clear();
              prompts = 0;
            }
            prompts += another ? 1 : 0;
            part.add(sample);
          }
          prefill(part, length);
        });
  }

  private void prefill(List<Sample> samples, int length) {
    List<int[]> prompts = new ArrayList<>();
    long[] sources = new long[samples.size()];
    long[] targets = new long[samples.size()];
    for (int i = 0; i < sources.length; i++) {
      int[] prompt = samples.get(i).prompt;
      if (prompts.isEmpty() || prompts.get(prompts.size() - 1) != prompt) {
        prompts.add(prompt);
      }
      sources[i] = prompts.size() - 1L;
      targets[i] = take(samples.get(i));
    }
    int count = LlamaDecoder.grouped(group, prompts.size());
    long[] places = new long[count];
    int filled = LlamaDecoder.prompts(group, prompts.size(), length);
    long[] tokens = new long[filled * length];
    Arrays.fill(tokens, decoder.config().fillToken());
    for (int i = 0; i < prompts.size(); i++) {
      int[] prompt = prompts.get(i);
      for (int t = 0; t < prompt.length; t++) {
        tokens[i * length + t] = prompt[t];
      }
      places[i] = (long) i * length + prompt.length - 1;
    }
    try (NDManager scope = manager.newSubManager()) {
      float[] logits =
          decoder
              .prefill(
                  weights,
                  scope.create(tokens, new Shape(filled, length)),
                  scope.create(places),
                  scope.create(sources),
                  scope.create(targets),
                  cache)
              .toFloatArray();
      for (int i = 0; i < sources.length; i++) {
        draw((int) targets[i], logits, (int) sources[i]);
      }
    }
  }

  /** Puts a sample into the first free row. */
  private int take(Sample sample) {
    int row = 0;
    while (rows[row] != null) {
      row++;
    }
    rows[row] = sample;
    span = Math.max(span, row + 1);
    active++;
    return row;
  }

  private void draw(int row, float[] logits, int logitsRow) {
    Sample sample = rows[row];
    if (sample == null) {
      return;
    }
    int vocabulary = endTokens.length;
    sample.draw(logits, logitsRow * vocabulary, vocabulary, endTokens);
    if (sample.finished()) {
      rows[row] = null;
      active--;
    }
  }

  /** One token for every active row. */
  private void step() {
    int count = LlamaDecoder.grouped(group, span);
    long[] tokens = new long[count];
    long[] positions = new long[count];
    int longest = 0;
    for (int row = 0; row < count; row++) {
      Sample sample = rows[row];
      if (sample != null) {
        tokens[row] = sample.lastToken();
        positions[row] = sample.position();
        longest = Math.max(longest, sample.position() + 1);
      }
    }
    int places = LlamaDecoder.blocks(longest);
    try (NDManager scope = manager.newSubManager()) {
      int window = decoder.config().traits().window();
      NDArray mask = scope.create(mask(positions, places, 0), new Shape(count, 1, 1, places));
      NDArray narrow =
          window == 0
              ? mask
              : scope.create(mask(positions, places, window), new Shape(count, 1, 1, places));
      float[] logits =
          decoder
              .step(
                  weights,
                  scope.create(tokens),
                  scope.create(positions),
                  scope.arange(0, count, 1, ai.djl.ndarray.types.DataType.INT64),
                  mask,
                  narrow,
                  cache)
              .toFloatArray();
      for (int row = 0; row < span; row++) {
        draw(row, logits, row);
      }
    }
  }

  /**
   * What is added to the scores of each row: minus infinity at places that it does not see.
   *
   * @param window places that a token sees, its own included; 0: all
   */
  static float[] mask(long[] positions, int places, int window) {
    float[] mask = new float[positions.length * places];
    for (int row = 0; row < positions.length; row++) {
      int start = row * places;
      int end = (int) positions[row] + 1;
      Arrays.fill(mask, start + end, start + places, Float.NEGATIVE_INFINITY);
      if (window > 0 && end > window) {
        Arrays.fill(mask, start, start + end - window, Float.NEGATIVE_INFINITY);
      }
    }
    return mask;
  }

  /** With no more samples to come, moves the last rows into free ones once a quarter is free. */
  private void compact() {
    while (span > 0 && rows[span - 1] == null) {
      span--;
    }
    if (span <= group || active > span - span / 4) {
      return;
    }
    List<Long> sources = new ArrayList<>();
    List<Long> targets = new ArrayList<>();
    int free = 0;
    for (int row = span - 1; row >= active; row--) {
      if (rows[row] != null) {
        while (rows[free] != null) {
          free++;
        }
        rows[free] = rows[row];
        rows[row] = null;
        sources.add((long) row);
        targets.add((long) free);
      }
    }
    span = active;
    if (sources.isEmpty()) {
      return;
    }
    try (NDManager scope = manager.newSubManager()) {
      decoder.move(
          scope.create(sources.stream().mapToLong(Long::longValue).toArray()),
          scope.create(targets.stream().mapToLong(Long::longValue).toArray()),
          cache);
    }
  }
}
