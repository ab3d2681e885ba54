package dev.sluice.models.djl;

import dev.sluice.models.Completion;
import dev.sluice.models.ModelCache;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.Sampling;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.djl.decode.Decoding;
import dev.sluice.models.djl.decode.LoadedModel;
import dev.sluice.models.djl.decode.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model of any head over token ids: nothing here needs a tokenizer. Threads may share it. Rows
 * are computed as if each stood alone.
 */
public final class TokenIdModel implements AutoCloseable {
  private final ModelCache.Handle<LoadedModel> handle;
  private final LoadedModel model;
  private final int decodeBatch;

  TokenIdModel(ModelCache.Handle<LoadedModel> handle, int decodeBatch) {
    this.handle = handle;
    this.model = handle.model();
    this.decodeBatch = decodeBatch;
  }

  /** What the model is, under the name that its user gives it. */
  public ModelInfo info(String name) {
    return model.info(name);
  }

  /** Shape, family and head. */
  public ModelConfig config() {
    return model.config();
  }

  /**
   * Log-probabilities of the tokens of each row after those before them.
   *
   * @param rows token ids, at least one each
   * @return for each row one fewer than its tokens, in nats
   * @throws ModelException if the model has another head, or a row does not fit
   */
  public List<float[]> logprobs(List<int[]> rows) {
    require(Head.LANGUAGE_MODEL);
    List<LoadedModel.Marked> marked = new ArrayList<>();
    for (int[] row : rows) {
      int[] places = new int[Math.max(0, row.length - 1)];
      Arrays.setAll(places, i -> i);
      int[] targets = Arrays.copyOfRange(row, Math.min(1, row.length), row.length);
      marked.add(new LoadedModel.Marked(row, places, targets));
    }
    return model.pass(
        marked,
        (tokens, places, targets) ->
            model.decoder().logprobs(model.weights(), tokens, places, targets, 1).toFloatArray());
  }

  /**
   * The value of each row: the output of a head for sequences at the last token that is not the pad
   * token.
   *
   * @throws ModelException if the model has another head, or a row does not fit
   */
  public float[] values(List<int[]> rows) {
    require(Head.SEQUENCE_CLASSIFICATION);
    List<int[]> places = rows.stream().map(row -> new int[] {lastToken(row)}).toList();
    List<float[]> values = logits(rows, places);
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i)[0];
    }
    return all;
  }

  /**
   * Raw outputs of a head for tokens.
   *
   * @return for each row {@link Head#LABELS} numbers for each token, token by token
   * @throws ModelException if the model has another head, or a row does not fit
   */
  public List<float[]> tokenLogits(List<int[]> rows) {
    require(Head.STEP_CLASSIFICATION);
    List<int[]> places = new ArrayList<>();
    for (int[] row : rows) {
      int[] all = new int[row.length];
      Arrays.setAll(all, i -> i);
      places.add(all);
    }
    return logits(rows, places);
  }

  private List<float[]> logits(List<int[]> rows, List<int[]> places) {
    List<LoadedModel.Marked> marked = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int[] at = places.get(i);
      marked.add(new LoadedModel.Marked(rows.get(i), at, new int[at.length]));
    }
    return model.pass(
        marked,
        (tokens, at, unused) -> model.decoder().logits(model.weights(), tokens, at).toFloatArray());
  }

  private int lastToken(int[] row) {
    int pad = model.config().padToken();
    for (int i = row.length - 1; i >= 0 && pad >= 0; i--) {
      if (row[i] != pad) {
        return i;
      }
    }
    // Without a pad token the last one; of nothing but pad tokens the first.
    return pad < 0 ? Math.max(0, row.length - 1) : 0;
  }

  /**
   * Continues prompts.
   *
   * @param prompts token ids, at least one each
   * @param seeds of the samples of each prompt
   * @param ignoreEnd whether samples go on past tokens that end a text
   * @return for each prompt its samples; they carry no text if the directory has no tokenizer
   * @throws ModelException if the model has another head, or a prompt does not fit
   */
  public List<List<Completion>> generate(
      List<int[]> prompts, Sampling sampling, List<List<Long>> seeds, boolean ignoreEnd) {
    require(Head.LANGUAGE_MODEL);
    if (!sampling.stop().isEmpty() && !model.hasTokenizer()) {
      throw new ModelException("Without a tokenizer there is no text in which a stop text stands.");
    }
    int most = model.config().maxPositions();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      int[] prompt = prompts.get(i);
      if (prompt.length == 0 || prompt.length >= most) {
        throw new ModelException(
            "A prompt has "
                + prompt.length
                + " tokens; the model's context holds 1 to "
                + (most - 1)
                + " and what follows.");
      }
      model.check(prompt);
      int limit = Math.min(sampling.maxTokens(), most - prompt.length);
      for (int k = 0; k < seeds.get(i).size(); k++) {
        samples.add(new Sample(i, k, prompt, limit, sampling, seeds.get(i).get(k), text()));
      }
    }
    List<Integer> ends = ignoreEnd ? List.of() : model.config().endTokens();
    Decoding.run(model, samples, decodeBatch, ends);
    List<List<Completion>> completions = new ArrayList<>();
    prompts.forEach(prompt -> completions.add(new ArrayList<>()));
    samples.forEach(sample -> completions.get(sample.request).add(sample.completion()));
    return completions;
  }

  private Sample.Text text() {
    return model.hasTokenizer() ? model.tokenizer()::decode : (tokens, length) -> "";
  }

  /** Rows of products come in groups of so many, so that a row does not depend on the others. */
  public int rowGroup() {
    return model.rowGroup();
  }

  /** Whether completions carry text. */
  public boolean hasTokenizer() {
    return model.hasTokenizer();
  }

  /**
   * The tokens of a text, without special tokens.
   *
   * @throws ModelException if the directory has no tokenizer
   */
  public int[] encode(String text) {
    return model.tokenizer().encode(text);
  }

  /** Bytes that keys and values of one token take while it is decoded. */
  public long cacheBytesPerToken() {
    return model.decoder().cacheBytes();
  }

  private void require(Head head) {
    Head own = model.config().head();
    if (own != head) {
      throw new ModelException(
          "The model has the architecture "
              + model.config().family().architecture(own)
              + "; this needs one that ends in "
              + head.suffix()
              + ".");
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
