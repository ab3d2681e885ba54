package dev.sluice.stages.policy;

import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Likeness of rollouts to reference texts: the cosine of their vectors (METHODS 3.18).
 *
 * @param embedder makes the vectors
 */
record SemanticReward(Embedder embedder) {

  /**
   * The cosine of each member, from -1 to 1.
   *
   * @throws IllegalStateException if a problem has no reference
   */
  double[] of(List<Member> members) {
    // Members of one problem share the vector of its reference.
    Map<String, float[]> references = new HashMap<>();
    List<String> texts = new ArrayList<>();
    for (Member member : members) {
      references.computeIfAbsent(
          UnjudgedReward.reference("semantic", member), text -> vectors(List.of(text)).get(0));
      texts.add(member.text());
    }
    List<float[]> vectors = vectors(texts);
    double[] cosines = new double[members.size()];
    for (int i = 0; i < cosines.length; i++) {
      String reference = UnjudgedReward.reference("semantic", members.get(i));
      cosines[i] =
          Embedding.cosine(vectors.get(i), references.getOrDefault(reference, new float[0]));
    }
    return cosines;
  }

  private List<float[]> vectors(List<String> texts) {
    return embedder.embed(texts).stream().map(Embedding::vector).toList();
  }
}
