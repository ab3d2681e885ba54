package dev.sluice.methods.reward;

import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Likeness to the reference. */
@Kind(
    value = "semantic",
    doc =
        "Cosine similarity of the rollout's and the reference answer's embeddings, from -1 to 1 (METHODS 3.18). The run is not reference-free.")
@Method(name = "Semantic reward", formula = "cos(embed(response), embed(reference))")
public record SemanticReward(
    @Key(value = "The sentence encoder.", refersTo = Key.ENCODER) String encoder,
    @Key(
            value = "Cosine similarity above which metrics and alarms count a rollout as accepted.",
            byDefault = "0.9",
            min = -1,
            max = 1)
        double acceptedAbove)
    implements AskingReward {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.REFERENCE);
  }

  @Override
  public List<Score> ask(List<Response> responses, RewardContext context) {
    return cosines(context.embedder(encoder), responses).stream().map(this::score).toList();
  }

  private Score score(double cosine) {
    return Score.of(cosine, cosine > acceptedAbove ? 1 : 0);
  }

  /** A cosine of 0, which is accepted where the bound is below 0. */
  @Override
  public Score unasked(Response response) {
    return score(0);
  }

  /** The cosine of each response, from -1 to 1. */
  private List<Double> cosines(Embedder embedder, List<Response> responses) {
    List<String> references =
        responses.stream().map(each -> ReferenceAnswers.of(name(), each)).toList();
    // Responses to one problem share the vector of its reference.
    List<String> distinct = references.stream().distinct().toList();
    List<float[]> theirs = vectors(embedder, distinct);
    List<float[]> ours = vectors(embedder, responses.stream().map(Response::text).toList());
    List<Double> cosines = new ArrayList<>(responses.size());
    for (int i = 0; i < responses.size(); i++) {
      cosines.add(Embedding.cosine(ours.get(i), theirs.get(distinct.indexOf(references.get(i)))));
    }
    return cosines;
  }

  private static List<float[]> vectors(Embedder embedder, List<String> texts) {
    return embedder.embed(texts).stream().map(Embedding::vector).toList();
  }
}
