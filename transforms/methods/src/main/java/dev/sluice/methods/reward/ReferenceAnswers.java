package dev.sluice.methods.reward;

import dev.sluice.records.Problem;

/** Reference answers that a reward needs. */
public final class ReferenceAnswers {
  private ReferenceAnswers() {}

  /**
   * The reference of a response's problem.
   *
   * @param term the reward that needs it
   * @throws IllegalStateException if there is none
   */
  static String of(String term, Response response) {
    return of(term, response.problem());
  }

  /**
   * The reference of a problem.
   *
   * @param term the reward that needs it
   * @throws IllegalStateException if there is none
   */
  public static String of(String term, Problem problem) {
    String reference = problem.referenceAnswer();
    if (reference == null) {
      throw new IllegalStateException(
          "The reward '%s' needs a reference answer, but problem %s has none. Map its column in the source, or choose another reward."
              .formatted(term, problem.problemId()));
    }
    return reference;
  }
}
