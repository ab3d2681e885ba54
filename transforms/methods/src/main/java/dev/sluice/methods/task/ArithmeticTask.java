package dev.sluice.methods.task;

import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.text.Chars;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arithmetic world: chains, one step a line, votes such as {@code a 27y 19y 57y y}. */
public record ArithmeticTask() implements TaskFormat {
  /** The name in a problem's attributes. */
  public static final String NAME = "arithmetic";

  @Override
  public String solvePrompt(Problem problem) {
    return ArithmeticFormat.solvePrompt(problem.question());
  }

  @Override
  public List<String> steps(String text) {
    return ArithmeticFormat.lines(text);
  }

  @Override
  public List<Integer> stepStarts(String text) {
    List<Integer> starts = new ArrayList<>();
    if (!text.isEmpty()) {
      starts.add(0);
      for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        starts.add(at + 1);
      }
    }
    return starts;
  }

  @Override
  public boolean appended(CharSequence text) {
    int answer = Chars.indexOf(text, "#", 0);
    return answer >= 0 && Chars.skip(text, answer + 1, "0123456789") < text.length();
  }

  @Override
  public Optional<String> answer(Problem problem, String text) {
    return ArithmeticFormat.answer(text).map(number -> number.replaceFirst("^0+(?=\\d)", ""));
  }

  @Override
  public boolean matches(String referenceAnswer, String answer) {
    return referenceAnswer.equals(answer);
  }

  @Override
  public List<String> classes(List<@Nullable String> answers) {
    return answers.stream().map(answer -> answer == null ? "" : answer).toList();
  }

  @Override
  public boolean gate(Problem problem, String text, boolean finished) {
    return ArithmeticFormat.gate(problem.question(), text, finished);
  }

  @Override
  public int expectedSteps(Problem problem) {
    return ArithmeticFormat.expectedLines(problem.question());
  }

  @Override
  public String judgePrompt(Problem problem, String solution) {
    return ArithmeticFormat.judgePrompt(problem.question(), solution);
  }

  /** The judge's prompt with a second question mark: the marker of the outcome question. */
  @Override
  public String outcomePrompt(Problem problem, String solution) {
    return ArithmeticFormat.judgePrompt(problem.question(), solution) + "?";
  }

  @Override
  public List<String> outcomeWords() {
    return List.of("y", "n");
  }

  @Override
  public Optional<List<Boolean>> verdicts(CharSequence reply) {
    return ArithmeticFormat.verdicts(reply);
  }

  /** This world has no separate final verdict. */
  @Override
  public Optional<Boolean> finalVerdict(CharSequence reply) {
    return Optional.empty();
  }

  @Override
  public String renderVerdicts(List<Boolean> verdicts) {
    StringBuilder text = new StringBuilder("a");
    verdicts.forEach(correct -> text.append(' ').append(correct ? 'y' : 'n'));
    return text.toString();
  }
}
