package dev.sluice.stages.evaluation.suite;

import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks a model of all cases at once, and one by one if a case does not fit it. */
final class OneByOne {
  private OneByOne() {}

  /**
   * The answers, in order.
   *
   * @param ask answers some cases, one each
   * @param lost the answer of a case that does not fit the model
   */
  static <A> List<A> ask(
      List<JudgeRequest> cases, Function<List<JudgeRequest>, List<A>> ask, Supplier<A> lost) {
    try {
      return ask.apply(cases);
    } catch (ModelException e) {
      List<A> answers = new ArrayList<>();
      for (JudgeRequest each : cases) {
        try {
          answers.addAll(ask.apply(List.of(each)));
        } catch (ModelException own) {
          answers.add(lost.get());
        }
      }
      return answers;
    }
  }
}
