package dev.sluice.stages.testing;

import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.reference.Grader;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows made by hand. */
public final class Rows {
  private Rows() {}

  /** A problem of the arithmetic world. */
  public static Problem arithmetic(String chain) {
    return problem(
        chain, Long.toString(Grader.result(Chain.parse(chain))), Map.of("format", "arithmetic"));
  }

  /** A problem in words. */
  public static Problem words(String question, @Nullable String reference) {
    return problem(question, reference, Map.of("format", "text"));
  }

  private static Problem problem(
      String question, @Nullable String reference, Map<String, String> attributes) {
    List<Message> messages = List.of(Message.user(question));
    return new Problem(Hashes.problemId(messages), messages, reference, "test", null, attributes);
  }

  /** A finished solution with the id {@code ID-k}, where ID is the problem's. */
  public static Solution solution(Problem problem, int k, String text) {
    return solution(problem, k, text, "stop", null);
  }

  /** A solution. */
  public static Solution solution(
      Problem problem, int k, String text, String finishReason, @Nullable Boolean correct) {
    TaskFormat format = TaskFormat.of(problem);
    return new Solution(
        problem.problemId() + "-" + k,
        problem.problemId(),
        k,
        text,
        format.steps(text),
        format.answer(problem, text).orElse(null),
        finishReason,
        0,
        0,
        null,
        null,
        "test",
        correct,
        Hashes.id(text));
  }

  /**
   * A vote.
   *
   * @param verdicts one letter a step, {@code y} or {@code n}; any other text is no vote
   */
  public static Verification vote(Solution solution, int index, String verdicts) {
    boolean parsed = verdicts.matches("[yn]+");
    List<Boolean> steps = new ArrayList<>();
    for (char each : (parsed ? verdicts : "").toCharArray()) {
      steps.add(each == 'y');
    }
    return new Verification(
        solution.solutionId() + "/" + index,
        solution.solutionId(),
        solution.problemId(),
        index,
        "initial",
        steps,
        parsed ? !verdicts.contains("n") : null,
        "vote " + index + ": " + verdicts,
        parsed,
        0,
        0,
        "test");
  }

  /** The votes on a solution, from 0 on. */
  public static List<Verification> votes(Solution solution, String... verdicts) {
    List<Verification> votes = new ArrayList<>();
    for (String each : verdicts) {
      votes.add(vote(solution, votes.size(), each));
    }
    return votes;
  }
}
