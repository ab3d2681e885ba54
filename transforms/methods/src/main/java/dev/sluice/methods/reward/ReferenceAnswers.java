package dev.sluice.methods.reward;

/** Reference answers that a reward needs. */
final class ReferenceAnswers {
  private ReferenceAnswers() {}

  /**
   * The reference of a response's problem.
   *
   * @param term the reward that needs it
   * @throws IllegalStateException if there is none
   */
  static String of(String term, Response response) {
    String reference = response.problem().referenceAnswer();
    if (reference == null) {
      throw new IllegalStateException(
          "The reward '%s' needs a reference answer, but problem %s has none. Map its column in the source, or choose another reward."
              .formatted(term, response.problem().problemId()));
    }
    return reference;
  }
}
