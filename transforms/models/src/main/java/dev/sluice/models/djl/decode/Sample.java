package dev.sluice.models.djl.decode;

import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import dev.sluice.models.Sampling;
import dev.sluice.records.RandomStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One completion in the making: a row of the decoding batch. */
public final class Sample {
  /** What tokens say. */
  @FunctionalInterface
  public interface Text {
    /** The text of the first {@code length} tokens. */
    String decode(int[] tokens, int length);
  }

  public final int request;
  public final int index;
  final int[] prompt;
  private final int limit;
  private final Sampling sampling;
  private final RandomStream random;
  private final Text tokenizer;
  private int[] tokens = new int[16];
  private float[] logprobs = new float[16];
  private int count;
  private final Listener listener;
  private @Nullable Completion completion;
  private volatile boolean unwanted;

  /** Is told of each token, in the thread that decodes. */
  @FunctionalInterface
  public interface Listener {
    /** Nobody listens. */
    Listener NONE = sample -> {};

    /** One more token was drawn; the sample may be finished. */
    void drawn(Sample sample);
  }

  /** A sample that nobody listens to. */
  public Sample(
      int request,
      int index,
      int[] prompt,
      int limit,
      Sampling sampling,
      long seed,
      Text tokenizer) {
    this(request, index, prompt, limit, sampling, seed, tokenizer, Listener.NONE);
  }

  /**
   * @param limit most tokens of the completion: the asked for, or what the context leaves
   */
  public Sample(
      int request,
      int index,
      int[] prompt,
      int limit,
      Sampling sampling,
      long seed,
      Text tokenizer,
      Listener listener) {
    this.listener = listener;
    this.request = request;
    this.index = index;
    this.prompt = prompt;
    this.limit = limit;
    this.sampling = sampling;
    this.random = new RandomStream(seed);
    this.tokenizer = tokenizer;
  }

  /** Most tokens of prompt and completion. */
  int greatestLength() {
    return prompt.length + limit;
  }

  /** The place of the last token in the cache. */
  int position() {
    return prompt.length + count - 1;
  }

  int lastToken() {
    return tokens[count - 1];
  }

  /** Draws the next token from a row of logits; afterwards the sample may be finished. */
  void draw(float[] logits, int offset, int vocabulary, boolean[] endTokens) {
    next(logits, offset, vocabulary, endTokens);
    listener.drawn(this);
  }

  /** Says, in any thread, that nobody waits for it any more: it ends with its next token. */
  public void abandon() {
    unwanted = true;
  }

  /** The text so far. */
  public String text() {
    return completion == null ? tokenizer.decode(tokens, count) : completion.text();
  }

  private void next(float[] logits, int offset, int vocabulary, boolean[] endTokens) {
    Sampler.Drawn drawn = Sampler.next(logits, offset, vocabulary, sampling, random);
    int token = drawn.token();
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * count);
      logprobs = Arrays.copyOf(logprobs, 2 * count);
    }
    logprobs[count] = drawn.logprob();
    tokens[count++] = token;
    if (endTokens[token]) {
      finish(tokenizer.decode(tokens, count - 1), FinishReason.STOP);
      return;
    }
    if (!sampling.stop().isEmpty()) {
      String text = tokenizer.decode(tokens, count);
      int end =
          sampling.stop().stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);
      if (end >= 0) {
        finish(text.substring(0, end), FinishReason.STOP);
        return;
      }
    }
    if (count == limit || unwanted) {
      finish(tokenizer.decode(tokens, count), FinishReason.LENGTH);
    }
  }

  private void finish(String text, FinishReason reason) {
    completion =
        new Completion(text, Arrays.copyOf(tokens, count), Arrays.copyOf(logprobs, count), reason);
  }

  public boolean finished() {
    return completion != null;
  }

  public Completion completion() {
    if (completion == null) {
      throw new IllegalStateException("Sample " + index + " is still being drawn.");
    }
    return completion;
  }
}
