package dev.sluice.stages.policy;

import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import java.util.List;

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
    List<String> references =
        members.stream().map(member -> UnjudgedReward.reference("semantic", member)).toList();
    // Members of one problem share the vector of its reference.
    List<String> distinct = references.stream().distinct().toList();
    List<float[]> theirs = vectors(distinct);
    List<float[]> ours = vectors(members.stream().map(Member::text).toList());
    double[] cosines = new double[members.size()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = Embedding.cosine(ours.get(i), theirs.get(distinct.indexOf(references.get(i))));
    }
    return cosines;
  }

  private List<float[]> vectors(List<String> texts) {
    return embedder.embed(texts).stream().map(Embedding::vector).toList();
  }
}
