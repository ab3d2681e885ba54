package dev.sluice.stages.dataset;

import dev.sluice.parts.Method;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Math-Shepherd's texts: {@code input} is the question and the steps, each before a token, {@code
 * label} the same text with a sign in place of each token.
 *
 * <p>The question ends before the last {@code Step 1:} of the text up to the first token. Rows
 * without one, whose steps are not numbered, need the column {@code problem_id} of an export: then
 * the question ends at the line end or the blank where its hash is that id.
 */
@Kind(
    value = "math_shepherd",
    doc =
        "Math-Shepherd: `input` with a token after each step, `label` with a sign in place of each token.")
@Method(
    name = "Rows of Math-Shepherd",
    paper = "Math-Shepherd, arXiv 2312.08935",
    formula = "v_i = 1 if the sign is good, 0 if it is bad",
    papers = "2312.08935")
public record MathShepherdShape(
    @Key(value = "Token after each step of `input`.", byDefault = "ки") String stepToken,
    @Key(value = "Sign of a correct step in `label`.", byDefault = "'+'") String good,
    @Key(value = "Sign of a wrong step in `label`.", byDefault = "'-'") String bad)
    implements DatasetShape {
  private static final Pattern FIRST_STEP = Pattern.compile("Step 1\\s?:");

  /** Places at which a question may end. */
  private static final Pattern END = Pattern.compile("\\s");

  @Override
  public Set<DatasetContent> contents() {
    return Set.of(DatasetContent.SOLUTIONS, DatasetContent.LABELS);
  }

  @Override
  public LabelOrigin origin() {
    return LabelOrigin.REFERENCES;
  }

  @Override
  public DatasetProblem problem(DatasetRow row) {
    String first = segments(row).get(0);
    return DatasetProblem.asking(first.substring(0, end(row, first)).strip());
  }

  @Override
  public List<DatasetSolution> solutions(DatasetRow row) {
    List<String> segments = segments(row);
    List<StepVerdict> verdicts = verdicts(row.text("label"), segments);
    List<String> steps = new ArrayList<>();
    for (String segment : segments) {
      String step = steps.isEmpty() ? segment.substring(end(row, segment)) : segment;
      steps.add(step.strip());
    }
    return List.of(DatasetSolution.ofSteps(steps, verdicts));
  }

  /** The texts before each token. */
  private List<String> segments(DatasetRow row) {
    String input = row.text("input");
    List<String> segments = new ArrayList<>();
    int from = 0;
    for (int at = input.indexOf(stepToken); at >= 0; at = input.indexOf(stepToken, from)) {
      segments.add(input.substring(from, at));
      from = at + stepToken.length();
    }
    if (segments.isEmpty()) {
      throw DatasetRowException.missing(
          "has no step token '%s' in column 'input'".formatted(stepToken));
    }
    if (!input.substring(from).isBlank()) {
      throw DatasetRowException.missing(
          "has no step token '%s' after its last step in column 'input'".formatted(stepToken));
    }
    return segments;
  }

  /** Where the question ends in the text before the first token. */
  private static int end(DatasetRow row, String first) {
    String id = row.hasText("problem_id") ? row.text("problem_id") : null;
    Matcher blank = END.matcher(first);
    while (id != null && blank.find()) {
      if (id.equals(problemId(first.substring(0, blank.start())))) {
        return blank.start();
      }
    }
    int end = -1;
    Matcher step = FIRST_STEP.matcher(first);
    while (step.find()) {
      end = step.start();
    }
    if (end < 0 || first.substring(0, end).isBlank()) {
      throw DatasetRowException.missing(
          "has no 'Step 1:' after a question in column 'input'%s"
              .formatted(
                  id == null ? "" : ", and no part of it has the id in column 'problem_id'"));
    }
    return end;
  }

  private static @Nullable String problemId(String question) {
    return question.isBlank() ? null : Hashes.problemId(List.of(Message.user(question)));
  }

  private List<StepVerdict> verdicts(String label, List<String> segments) {
    List<StepVerdict> verdicts = new ArrayList<>();
    int at = 0;
    for (String segment : segments) {
      if (!label.startsWith(segment, at)) {
        throw DatasetRowException.invalid(
            "has other text in column 'label' than in 'input' in step %d (from 0); the two differ in signs alone"
                .formatted(verdicts.size()));
      }
      at += segment.length();
      boolean right = label.startsWith(good, at);
      if (!right && !label.startsWith(bad, at)) {
        throw DatasetRowException.invalid(
            "has neither '%s' nor '%s' after step %d (from 0) in column 'label'"
                .formatted(good, bad, verdicts.size()));
      }
      at += (right ? good : bad).length();
      verdicts.add(StepVerdict.of(right));
    }
    if (!label.substring(at).isBlank()) {
      throw DatasetRowException.invalid(
          "has %d steps in column 'input' and more text after the last of them in column 'label'"
              .formatted(segments.size()));
    }
    return verdicts;
  }
}
