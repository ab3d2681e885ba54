package dev.sluice.pipelines.parts;

import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.SparkRewards.OnMismatch;
import dev.sluice.methods.reward.StepGuard;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.TokenSpans;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import java.util.ArrayList;
import java.util.List;
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
    return new ScriptedLanguageModel(
        name, "golden", (prompt, sampling, vote, seed) -> golden.repliesTo(prompt).get(vote));
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
