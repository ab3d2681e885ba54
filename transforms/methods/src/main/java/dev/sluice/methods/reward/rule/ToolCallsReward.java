package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.ReferenceAnswers;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Calls of tools, compared with those of the reference. */
@Kind(
    value = "tool_calls",
    doc =
        "Compares the tool calls of a response with those of the reference answer: format 0 or 1, plus correctness from `low` to `high` by names of tools, names of parameters and values. `gate` does not apply. The run is not reference-free.")
@Method(
    name = "ToolRL",
    paper = "ToolRL, arXiv 2504.13958, section 3.3, with its code",
    formula =
        "r = format + low + (high - low) R / S; R = J(tool names) + max over assignments of sum(J(parameter names) + equal values); S = 1 + sum over reference calls of (1 + parameters)",
    papers = "2504.13958",
    departs =
        "Calls are assigned to those of the reference with the greatest sum, as in the paper; the authors' code takes the best free call for each in turn. Calls are also read from several blocks or a list, and `arguments` is read as `parameters`.")
public record ToolCallsReward(
    @Key(value = "Least correctness.", byDefault = "-3.0") double low,
    @Key(value = "Greatest correctness.", byDefault = "3.0") double high,
    @Key(
            value =
                "What the right form adds: a thought in `<think>`, a line with `<tool_call>`, the calls, a line with `</tool_call>`. 0: the form is not rewarded.",
            byDefault = "1.0",
            min = 0)
        double format,
    @Key(value = "Whether the form begins with a thought in `<think>`.", byDefault = "true")
        boolean think)
    implements TextReward {
  private static final String RESPONSE = "<response>";

  /** More calls than any task has; their assignment must stay cheap. */
  private static final int MAX_CALLS = 1000;

  @Override
  public boolean ownForm() {
    return true;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.REFERENCE);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return low < high
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".low",
                "wrong calls would earn %s and right ones %s; set 'low' below 'high'"
                    .formatted(low, high)));
  }

  @Override
  public TextScore judge(Problem problem, String text) {
    String reference = ReferenceAnswers.of(name(), problem).strip();
    String response = text.strip();
    boolean answers = reference.contains(RESPONSE);
    String wanted = ToolCall.blocks(reference).orElse(answers ? "" : reference);
    List<ToolCall> gold = gold(problem, wanted);
    boolean form = ToolForm.holds(response, think, !gold.isEmpty(), answers);
    double correct = gold.isEmpty() ? 0 : correctness(gold, response);
    boolean right = gold.isEmpty() ? form : correct >= high;
    String reason =
        String.format(
            Locale.ROOT,
            "The calls have a correctness of %.4g (from %.4g to %.4g); the form is %s.",
            correct,
            low,
            high,
            form ? "right" : "wrong");
    return TextScore.of(Score.of((form ? format : 0) + correct, right ? 1 : 0), reason);
  }

  private List<ToolCall> gold(Problem problem, String wanted) {
    return ToolCall.read(wanted)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The reward '%s' reads tool calls from the reference answer, but that of problem %s has none. Write JSON objects such as {\"name\": \"search\", \"parameters\": {\"query\": \"tea\"}}, one a line."
                        .formatted(name(), problem.problemId())));
  }

  private double correctness(List<ToolCall> gold, String response) {
    Optional<List<ToolCall>> made = ToolCall.blocks(response).flatMap(ToolCall::read);
    if (made.isEmpty() || made.get().size() > MAX_CALLS) {
      return low;
    }
    double share = share(gold, made.get());
    // Rounding must not make the highest correctness a lower one.
    return share == 1 ? high : low + (high - low) * share;
  }

  /** The share of all points that calls reach, from 0 to 1. */
  static double share(List<ToolCall> gold, List<ToolCall> made) {
    double most = 1;
    double[][] values = new double[gold.size()][made.size()];
    List<String> goldNames = new ArrayList<>();
    for (int i = 0; i < gold.size(); i++) {
      goldNames.add(gold.get(i).name());
      most += 1 + gold.get(i).parameters().size();
      for (int j = 0; j < made.size(); j++) {
        boolean same = gold.get(i).name().equals(made.get(j).name());
        values[i][j] = same ? gold.get(i).match(made.get(j)) : 0;
      }
    }
    List<String> madeNames = made.stream().map(ToolCall::name).toList();
    return (MultisetJaccard.of(goldNames, madeNames) + Assignment.best(values)) / most;
  }
}
