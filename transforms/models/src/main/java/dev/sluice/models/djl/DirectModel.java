package dev.sluice.models.djl;

import dev.sluice.models.Completion;
import dev.sluice.models.ModelException;
import dev.sluice.models.Sampling;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model directory by itself: what its tokens are worth, and how it goes on. */
public final class DirectModel implements AutoCloseable {
  private final LoadedModel model;

  private DirectModel(LoadedModel model) {
    this.model = model;
  }

  /**
   * Loads a directory.
   *
   * @throws ModelException naming the file and what is wrong with it
   */
  public static DirectModel open(Path folder) {
    return new DirectModel(new LoadedModel(folder, ""));
  }

  /** The model's shape. */
  public ModelConfig config() {
    return model.config();
  }

  /** Number of weights. */
  public long parameters() {
    return model.info("").parameters();
  }

  /** Bytes that keys and values of one token take while it is decoded. */
  public long cacheBytesPerToken() {
    return KeyValues.rowBytes(config(), 1);
  }

  /** The tokens of a text, without special tokens. */
  public int[] encode(String text) {
    return model.tokenizer().encode(text);
  }

  /**
   * Log-probabilities (nats) of each token after the first, given those before it.
   *
   * @return for each sequence one value less than it has tokens
   * @throws ModelException if a sequence has fewer than two tokens, one outside of the vocabulary,
   *     or more than the context holds
   */
  public List<float[]> logprobs(List<int[]> sequences) {
    if (config().head() != Head.LANGUAGE_MODEL) {
      throw new ModelException("The model has no head that writes; it scores.");
    }
    List<LoadedModel.Marked> rows = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      int[] tokens = sequences.get(i);
      check(tokens, i, 2);
      int[] places = new int[tokens.length - 1];
      Arrays.setAll(places, t -> t);
      rows.add(
          new LoadedModel.Marked(tokens, places, Arrays.copyOfRange(tokens, 1, tokens.length)));
    }
    return model.pass(
        rows,
        (tokens, places, targets) ->
            model.decoder().logprobs(model.weights(), tokens, places, targets).toFloatArray());
  }

  private void check(int[] tokens, int sequence, int least) {
    int vocabulary = config().vocabularySize();
    if (tokens.length < least) {
      throw new ModelException(
          "Sequence %d has %d tokens, but at least %d are needed."
              .formatted(sequence, tokens.length, least));
    }
    for (int t = 0; t < tokens.length; t++) {
      if (tokens[t] < 0 || tokens[t] >= vocabulary) {
        throw new ModelException(
            "Token %d of sequence %d is %d; the model's ids go from 0 to %d."
                .formatted(t, sequence, tokens[t], vocabulary - 1));
      }
    }
  }

  /**
   * Completions of prompts.
   *
   * @param seeds for each prompt the seed of each of its samples
   * @param ignoreEnd whether samples go on past tokens that end a text
   * @throws ModelException if a prompt is empty, leaves no room in the context, or holds a token
   *     outside of the vocabulary
   */
  public List<List<Completion>> generate(
      List<int[]> prompts, Sampling sampling, List<List<Long>> seeds, boolean ignoreEnd) {
    if (config().head() != Head.LANGUAGE_MODEL) {
      throw new ModelException("The model has no head that writes; it scores.");
    }
    List<Sample> samples = new ArrayList<>();
    for (int p = 0; p < prompts.size(); p++) {
      int[] prompt = prompts.get(p);
      check(prompt, p, 1);
      int room = config().maxPositions() - prompt.length;
      if (room < 1) {
        throw new ModelException(
            "Prompt %d has %d tokens, but the model's context holds %d tokens of prompt and completion together."
                .formatted(p, prompt.length, config().maxPositions()));
      }
      int limit = Math.min(sampling.maxTokens(), room);
      for (int k = 0; k < seeds.get(p).size(); k++) {
        samples.add(
            new Sample(p, k, prompt, limit, sampling, seeds.get(p).get(k), model.tokenizer()));
      }
    }
    Decoding.run(
        model, samples, DjlModels.DECODE_BATCH, ignoreEnd ? List.of() : config().endTokens());
    List<List<Completion>> completions = new ArrayList<>();
    prompts.forEach(prompt -> completions.add(new ArrayList<>()));
    samples.forEach(sample -> completions.get(sample.request).add(sample.completion()));
    return completions;
  }

  @Override
  public void close() {
    model.close();
  }
}
