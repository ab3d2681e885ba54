package dev.sluice.models.djl;

import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelCache;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.directory.Head;
import dev.sluice.models.djl.decode.Decoding;
import dev.sluice.models.djl.decode.LoadedModel;
import dev.sluice.models.djl.decode.Sample;
import dev.sluice.models.djl.tokens.ChatTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A language model in this process. Its weights are shared by all threads and never change; every
 * call owns what it computes.
 */
final class DjlLanguageModel implements LanguageModel {
  private final ModelCache.Handle<LoadedModel> handle;
  private final LoadedModel model;
  private final ModelInfo info;
  private final int decodeBatch;
  private final PromptTokens prompts;

  /**
   * Takes over a handle, and gives it back when it is closed.
   *
   * @param name in messages
   * @param decodeBatch rows that are decoded at once: speed and memory, not results
   * @param chat puts prompts through the chat template; closed with the model. Null: they are
   *     continued as they are
   * @param maxPromptLength most tokens of a prompt: a longer one loses its beginning; null: none
   *     does
   * @throws ModelException if the model has another head
   */
  DjlLanguageModel(
      String name,
      ModelCache.Handle<LoadedModel> handle,
      int decodeBatch,
      @Nullable ChatTokenizer chat,
      @Nullable Integer maxPromptLength) {
    this.handle = handle;
    this.model = handle.model();
    this.prompts = new PromptTokens(model::tokenizer, chat, maxPromptLength);
    this.info = model.info(name);
    this.decodeBatch = decodeBatch;
    if (model.config().head() != Head.LANGUAGE_MODEL) {
      close();
      throw new ModelException(
          name + " classifies steps and cannot write text. Name a language model here.");
    }
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests) {
    return generate(requests, (tokens, finished) -> {});
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests, Listener listener) {
    List<Sample> samples = new ArrayList<>();
    @Nullable String[] errors = new String[requests.size()];
    int[] promptTokens = new int[requests.size()];
    for (int i = 0; i < errors.length; i++) {
      GenerationRequest request = requests.get(i);
      int[] prompt;
      try {
        prompt = prompts.of(request);
        model.check(prompt);
      } catch (ModelException e) {
        errors[i] = e.getMessage();
        continue;
      }
      promptTokens[i] = prompt.length;
      errors[i] = lengthError(prompt.length);
      int room = model.config().maxPositions() - prompt.length;
      int limit = Math.min(request.sampling().maxTokens(), room);
      for (int s = 0; errors[i] == null && s < request.seeds().size(); s++) {
        long seed = request.seeds().get(s);
        samples.add(
            new Sample(
                i,
                s,
                prompt,
                limit,
                request.sampling(),
                seed,
                model.tokenizer()::decode,
                sample -> listener.grew(1, sample.finished())));
      }
    }
    Decoding.run(model, samples, decodeBatch, model.config().endTokens());
    List<List<Completion>> completions = new ArrayList<>();
    requests.forEach(request -> completions.add(new ArrayList<>()));
    samples.forEach(sample -> completions.get(sample.request).add(sample.completion()));
    List<Generation> generations = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      generations.add(new Generation(completions.get(i), promptTokens[i], errors[i]));
    }
    return generations;
  }

  private @Nullable String lengthError(int length) {
    int most = model.config().maxPositions();
    if (length == 0) {
      return "The prompt has no tokens; a completion needs at least one to continue.";
    }
    if (length >= most) {
      return "The prompt has "
          + length
          + " tokens, but the context of "
          + info.name()
          + " holds "
          + most
          + " tokens of prompt and completion together. Shorten the prompt"
          + prompts.advice()
          + ".";
    }
    return null;
  }

  @Override
  public List<float[]> score(List<ScoreRequest> requests) {
    Map<Double, List<Integer>> byTemperature = new TreeMap<>();
    for (int i = 0; i < requests.size(); i++) {
      byTemperature
          .computeIfAbsent(requests.get(i).temperature(), temperature -> new ArrayList<>())
          .add(i);
    }
    float[][] scores = new float[requests.size()][];
    byTemperature.forEach(
        (temperature, indexes) -> {
          List<float[]> some = score(indexes.stream().map(requests::get).toList(), temperature);
          for (int k = 0; k < some.size(); k++) {
            scores[indexes.get(k)] = some.get(k);
          }
        });
    return List.of(scores);
  }

  private List<float[]> score(List<ScoreRequest> requests, double temperature) {
    return model.pass(
        requests.stream().map(DjlLanguageModel::marked).toList(),
        (tokens, places, targets) ->
            model
                .decoder()
                .logprobs(model.weights(), tokens, places, targets, temperature)
                .toFloatArray());
  }

  /** The tokens of a request, each token of the completion marked at the place before it. */
  private static LoadedModel.Marked marked(ScoreRequest request) {
    int start = request.prompt().length;
    int[] completion = request.completion();
    if (start == 0) {
      throw new ModelException("A completion is scored after a prompt of at least one token.");
    }
    int[] tokens = Arrays.copyOf(request.prompt(), start + completion.length);
    System.arraycopy(completion, 0, tokens, start, completion.length);
    int[] places = new int[completion.length];
    Arrays.setAll(places, i -> start + i - 1);
    return new LoadedModel.Marked(tokens, places, completion);
  }

  @Override
  public List<TokenCertainty> certainty(List<ScoreRequest> requests) {
    return new DistributionPass(model).of(requests, DjlLanguageModel::marked);
  }

  @Override
  public int[] encodePrompt(String text) {
    return model.tokenizer().encodePrompt(text);
  }

  @Override
  public int[] encode(String text) {
    return model.tokenizer().encode(text);
  }

  @Override
  public String decode(int[] tokens) {
    return model.tokenizer().decode(tokens, tokens.length);
  }

  @Override
  public void close() {
    prompts.close();
    handle.close();
  }
}
