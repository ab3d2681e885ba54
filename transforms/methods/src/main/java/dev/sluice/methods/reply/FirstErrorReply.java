package dev.sluice.methods.reply;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** The index of the first wrong step in the last box. */
@Kind(
    value = "first_error",
    doc =
        "The index of the first wrong step, in the last `\\boxed{}`; the number set by `none` if all steps are correct.")
@Method(
    name = "Index of the first error",
    paper = "ProcessBench, arXiv 2412.06559",
    formula = "verdict k = (k < index)",
    papers = "2412.06559")
@CanRead(Reads.STEPS)
public record FirstErrorReply(
    @Key(value = "Index of the first step.", byDefault = "0", min = 0, max = 1) int first,
    @Key(value = "Number that means that no step is wrong.", byDefault = "-1", max = 0) int none)
    implements ReplyParser {

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(
        key,
        none < first
            ? ""
            : "'none' is %d, which is the index of a step: the first one is %d; choose a number below it"
                .formatted(none, first));
  }

  @Override
  public boolean namesFirstError() {
    return true;
  }

  @Override
  public Reading read(CharSequence reply, int steps) {
    return Reading.steps(Boxes.index(reply, steps, first, none), List.of());
  }
}
