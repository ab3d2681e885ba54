package dev.sluice.models.scripted;

import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import dev.sluice.models.Failure;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.Sampling;
import dev.sluice.models.ScoreRequest;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.Usage;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A model that replies by script. Its tokens are the characters' code points and a 0 at the end;
 * every token has the log-probability -0.5. It obeys most tokens, stop texts and the context as a
 * real model does, and counts what it is asked.
 */
public final class ScriptedLanguageModel implements LanguageModel {
  /** The token at the end of a reply. */
  public static final int END = 0;

  private static final float LOGPROB = -0.5f;
  private static final int CONTEXT = 4096;

  /** What the model answers. */
  @FunctionalInterface
  public interface Script {
    /**
     * The reply to one sample of a prompt.
     *
     * @param sampleIndex place of the seed in the request
     * @throws RuntimeException if the request is to come back with its message as the error; after
     *     an {@link UncheckedIOException} another try may help
     */
    String reply(String prompt, Sampling sampling, int sampleIndex, long seed);
  }

  private final ModelInfo info;
  private final Script script;
  private final AtomicLong completions = new AtomicLong();

  /**
   * With a script.
   *
   * @param revision stands for the script's content in fingerprints
   */
  public ScriptedLanguageModel(String name, String revision, Script script) {
    this.info = new ModelInfo(name, revision, CONTEXT, 0);
    this.script = script;
  }

  /**
   * Replies by prompt: a sample draws one of the prompt's replies by its seed, greedy the first. A
   * prompt without replies comes back with an error.
   */
  public static ScriptedLanguageModel of(String name, Map<String, List<String>> replies) {
    TreeMap<String, List<String>> sorted = new TreeMap<>(replies);
    return new ScriptedLanguageModel(
        name,
        Hashes.hex(sorted),
        (prompt, sampling, sampleIndex, seed) -> {
          List<String> known = sorted.getOrDefault(prompt, List.of());
          if (known.isEmpty()) {
            throw new IllegalArgumentException("The script has no reply to \"" + prompt + "\".");
          }
          return known.get(sampling.greedy() ? 0 : (int) Math.floorMod(seed, (long) known.size()));
        });
  }

  /** Completions given so far. */
  public long completions() {
    return completions.get();
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests) {
    return requests.stream().map(this::generate).toList();
  }

  private Generation generate(GenerationRequest request) {
    int promptTokens = encode(request.plain()).length;
    if (promptTokens == 0 || promptTokens >= CONTEXT) {
      return new Generation(
          List.of(),
          promptTokens,
          "The prompt has " + promptTokens + " tokens; the context holds 1 to " + CONTEXT + ".");
    }
    List<Completion> drawn = new ArrayList<>();
    for (int i = 0; i < request.seeds().size(); i++) {
      try {
        String reply = script.reply(request.plain(), request.sampling(), i, request.seeds().get(i));
        drawn.add(complete(reply, request.sampling()));
      } catch (RuntimeException e) {
        boolean mayHelp = e instanceof UncheckedIOException;
        return new Generation(
            List.of(),
            promptTokens,
            new Failure(String.valueOf(e.getMessage()), DeadLetter.REQUEST, 1, mayHelp),
            new Usage(0, 0, promptTokens, 0, 0));
      }
    }
    completions.addAndGet(drawn.size());
    return new Generation(drawn, promptTokens, null);
  }

  private Completion complete(String reply, Sampling sampling) {
    int[] characters = encode(reply);
    int[] tokens = Arrays.copyOf(characters, characters.length + 1);
    for (int count = 1; count <= characters.length; count++) {
      String text = decode(Arrays.copyOf(characters, count));
      int end =
          sampling.stop().stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);
      if (end >= 0) {
        return completion(
            sampling, text.substring(0, end), Arrays.copyOf(tokens, count), FinishReason.STOP);
      }
      if (count == sampling.maxTokens()) {
        return completion(sampling, text, Arrays.copyOf(tokens, count), FinishReason.LENGTH);
      }
    }
    return completion(sampling, reply, tokens, FinishReason.STOP);
  }

  private static Completion completion(
      Sampling sampling, String text, int[] tokens, FinishReason reason) {
    float[] logprobs = new float[tokens.length];
    boolean tempered = sampling.tempered() && !sampling.greedy();
    Arrays.fill(logprobs, logprob(tempered ? sampling.temperature() : 1));
    return new Completion(text, tokens, logprobs, reason);
  }

  /** As fixed as the replies; the temperature shows. */
  private static float logprob(double temperature) {
    return (float) (LOGPROB / temperature);
  }

  @Override
  public List<float[]> score(List<ScoreRequest> requests) {
    List<float[]> scores = new ArrayList<>();
    for (ScoreRequest request : requests) {
      float[] values = new float[request.completion().length];
      Arrays.fill(values, logprob(request.temperature()));
      scores.add(values);
    }
    return scores;
  }

  @Override
  public int[] encodePrompt(String text) {
    return encode(text);
  }

  @Override
  public int[] encode(String text) {
    return text.codePoints().toArray();
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      if (token != END) {
        text.appendCodePoint(token);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
