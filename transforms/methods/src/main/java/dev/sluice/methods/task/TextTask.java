package dev.sluice.methods.task;

import dev.sluice.methods.answers.AnswerEquality;
import dev.sluice.methods.answers.AnswerReader;
import dev.sluice.methods.answers.Reference;
import dev.sluice.methods.text.Chars;
import dev.sluice.methods.text.Steps;
import dev.sluice.methods.text.TaggedFormat;
import dev.sluice.records.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Problems in words, solved a step a line. Prompts and votes follow SPARK's (METHODS 1.1 and 1.5).
 */
public record TextTask() implements TaskFormat {
  /** The name in a problem's attributes. */
  public static final String NAME = "text";

  private static final String ANSWER_END = "</answer>";

  private static final Pattern ANSWER_LINE = Pattern.compile("(?m)^(?:####|A:|Answer:).*$");

  @Override
  public String solvePrompt(Problem problem) {
    return "Solve the problem step by step, one step a line, and end with one line 'Answer: "
        + "$ANSWER'.\n\nProblem: "
        + problem.question()
        + "\n\nSolution:\n";
  }

  @Override
  public List<String> steps(String text) {
    return Steps.split(text);
  }

  @Override
  public List<Integer> stepStarts(String text) {
    return Steps.starts(text);
  }

  @Override
  public boolean appended(CharSequence text) {
    int tagged = Chars.indexOf(text, ANSWER_END, 0);
    if (tagged >= 0) {
      return !Chars.blankFrom(text, tagged + ANSWER_END.length());
    }
    Matcher answer = ANSWER_LINE.matcher(text);
    return answer.find() && !Chars.blankFrom(text, answer.end());
  }

  @Override
  public Optional<String> answer(Problem problem, String text) {
    return AnswerReader.read(text, problem.question());
  }

  /** The reference may be a whole worked solution that marks its answer. */
  @Override
  public boolean matches(String referenceAnswer, String answer) {
    return AnswerEquality.matches(Reference.read(referenceAnswer), answer);
  }

  @Override
  public List<String> classes(List<@Nullable String> answers) {
    int[] classes = AnswerEquality.classes(answers.stream().map(Optional::ofNullable).toList());
    return Arrays.stream(classes).mapToObj(each -> each < 0 ? "" : "class " + each).toList();
  }

  @Override
  public boolean gate(Problem problem, String text, boolean finished) {
    return finished
        && !steps(text).isEmpty()
        && answer(problem, text).isPresent()
        && (!text.contains("<step>") || TaggedFormat.gate(text));
  }

  @Override
  public int expectedSteps(Problem problem) {
    return -1;
  }

  @Override
  public String judgePrompt(Problem problem, String solution) {
    return "Problem: "
        + problem.question()
        + "\n\nStudent Solution: "
        + solution
        + "\n\nLet's verify step by step.\n";
  }

  @Override
  public String outcomePrompt(Problem problem, String solution) {
    return "Problem: "
        + problem.question()
        + "\n\nSolution: "
        + solution
        + "\n\nIs the answer correct (Yes/No)? ";
  }

  @Override
  public List<String> outcomeWords() {
    return List.of("Yes", "No");
  }

  /** Steps are counted from 1 without a gap; another numbering is no vote. */
  @Override
  public Optional<List<Boolean>> verdicts(CharSequence reply) {
    return WrittenVerdicts.read(spoken(reply));
  }

  @Override
  public Optional<Boolean> finalVerdict(CharSequence reply) {
    return FinalVerdict.read(spoken(reply));
  }

  /** What comes after a thought. */
  public static CharSequence spoken(CharSequence reply) {
    int thought = Chars.lastIndexOf(reply, "</think>");
    return thought < 0 ? reply : reply.subSequence(thought + "</think>".length(), reply.length());
  }

  @Override
  public String renderVerdicts(List<Boolean> verdicts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < verdicts.size(); i++) {
      text.append("Step ").append(i + 1).append(": ");
      text.append(verdicts.get(i) ? "Correct\n" : "Incorrect\n");
    }
    return text.append("**Verification: Is the answer correct (Yes/No)? ")
        .append(verdicts.contains(false) ? "No**" : "Yes**")
        .toString();
  }
}
