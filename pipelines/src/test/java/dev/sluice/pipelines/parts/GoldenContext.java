package dev.sluice.pipelines.parts;

import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.SparkRewards.OnMismatch;
import dev.sluice.methods.reward.StepGuard;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a reward term finds in a golden file.
 *
 * @param golden the file
 * @param asks whether the term is asked about anything
 */
record GoldenContext(GoldenReward golden, boolean asks) implements RewardContext {
  private static final ModelInfo INFO = new ModelInfo("golden", "golden", 4096, 0);

  @Override
  public boolean asks(Response response) {
    return asks && (response.passes() || golden.term().ownForm());
  }

  @Override
  public LanguageModel model(String name) {
    ScriptedLanguageModel scripted =
        new ScriptedLanguageModel(
            name, "golden", (prompt, sampling, vote, seed) -> golden.repliesTo(prompt).get(vote));
    return golden.logprobs() == null ? scripted : new Scores(name, scripted);
  }

  @Override
  public String prompt(Response response) {
    return response.format().solvePrompt(response.problem());
  }

  @Override
  public List<TokenCertainty> certainty(List<Response> responses) {
    List<TokenCertainty> all = new ArrayList<>();
    for (Response response : responses) {
      List<List<Double>> tokens =
          Objects.requireNonNull(
              Objects.requireNonNull(golden.distributions()).get(response.text()), response.text());
      float[] entropies = new float[tokens.size()];
      float[] divergences = new float[tokens.size()];
      for (int t = 0; t < entropies.length; t++) {
        double size = tokens.get(t).size();
        divergences[t] = (float) -Math.log(size);
        for (double p : tokens.get(t)) {
          entropies[t] -= (float) (p * Math.log(p));
          divergences[t] -= (float) (Math.log(p) / size);
        }
      }
      all.add(new TokenCertainty(entropies, divergences));
    }
    return all;
  }

  @Override
  public StepClassifier classifier(String name) {
    return new Heads();
  }

  @Override
  public Embedder embedder(String name) {
    return new Vectors();
  }

  /** Every character is a token. */
  @Override
  public TokenSpans tokens(Response response) {
    return TokenSpans.of(
        tokens -> new String(tokens, 0, tokens.length), response.text().codePoints().toArray());
  }

  @Override
  public long seed() {
    return 7;
  }

  @Override
  public String stage() {
    return "UpdatePolicy";
  }

  @Override
  public int round() {
    return 3;
  }

  @Override
  public StepScoreRules rules() {
    return new StepScoreRules(OnMismatch.INCORRECT, StepGuard.NONE, null);
  }

  /** The log-probability of a step is that of its last character; all others are certain. */
  private final class Scores implements LanguageModel {
    private final String name;
    private final ScriptedLanguageModel scripted;

    Scores(String name, ScriptedLanguageModel scripted) {
      this.name = name;
      this.scripted = scripted;
    }

    @Override
    public List<float[]> score(List<ScoreRequest> requests) {
      Map<String, Double> steps =
          Objects.requireNonNull(Objects.requireNonNull(golden.logprobs()).get(name), name);
      List<float[]> all = new ArrayList<>();
      for (ScoreRequest request : requests) {
        float[] tokens = new float[request.completion().length];
        int at = 0;
        for (String step : scripted.decode(request.completion()).split("\n", -1)) {
          at += step.length();
          tokens[at - 1] = Objects.requireNonNull(steps.get(step), step).floatValue();
          at++;
        }
        all.add(tokens);
      }
      return all;
    }

    @Override
    public ModelInfo info() {
      return scripted.info();
    }

    @Override
    public List<Generation> generate(List<GenerationRequest> requests) {
      return scripted.generate(requests);
    }

    @Override
    public int[] encode(String text) {
      return scripted.encode(text);
    }

    @Override
    public int[] encodePrompt(String text) {
      return scripted.encodePrompt(text);
    }

    @Override
    public String decode(int[] tokens) {
      return scripted.decode(tokens);
    }

    @Override
    public void close() {}
  }

  /** A text is one token: its place among those that were encoded. */
  private final class Heads implements StepClassifier {
    private final List<String> texts = new ArrayList<>();

    @Override
    public ModelInfo info() {
      return INFO;
    }

    @Override
    public int[] encode(String text) {
      texts.add(text);
      return new int[] {texts.size() - 1};
    }

    @Override
    public int[] encodePrompt(String text) {
      return encode(text);
    }

    @Override
    public List<float[]> scoreSteps(List<int[]> tokens, List<int[]> positions) {
      List<float[]> all = new ArrayList<>();
      for (int row = 0; row < tokens.size(); row++) {
        float[] own = new float[positions.get(row).length];
        for (int i = 0; i < own.length; i++) {
          String step = texts.get(tokens.get(row)[positions.get(row)[i]]);
          own[i] =
              Objects.requireNonNull(Objects.requireNonNull(golden.scores()).get(step), step)
                  .floatValue();
        }
        all.add(own);
      }
      return all;
    }

    @Override
    public void close() {}
  }

  private final class Vectors implements Embedder {
    @Override
    public ModelInfo info() {
      return INFO;
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
      return texts.stream().map(text -> new Embedding(unit(text), 1)).toList();
    }

    private float[] unit(String text) {
      float[] vector =
          Objects.requireNonNull(Objects.requireNonNull(golden.vectors()).get(text), text);
      double squares = 0;
      for (float number : vector) {
        squares += (double) number * number;
      }
      float[] unit = new float[vector.length];
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (vector[i] / Math.sqrt(squares));
      }
      return unit;
    }

    @Override
    public void close() {}
  }
}
