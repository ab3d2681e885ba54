package dev.sluice.methods.reply;

import dev.sluice.methods.task.TextTask;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;

/** A verdict on each step in words, and one on the whole at the end. */
@Kind(
    value = "written_verdicts",
    doc =
        "A verdict on each step, such as `Step 1: Correct` or `**This step is incorrect.**`, and a verdict on the whole solution, such as `Is the answer correct (Yes/No)? Yes`.")
@Method(
    name = "Written verdicts",
    paper = "SPARK stepwise, arXiv 2512.03244",
    formula = "verdict k = the last one that names step k",
    papers = "2512.03244")
@CanRead({Reads.STEPS, Reads.OUTCOME})
public record WrittenVerdictsReply() implements ReplyParser {
  private static final TextTask TEXT = new TextTask();

  @Override
  public Reading read(CharSequence reply, int steps) {
    Optional<List<Boolean>> all = TEXT.verdicts(reply);
    return Reading.steps(all.filter(said -> said.size() == steps), all.orElse(List.of()))
        .withOutcome(TEXT.finalVerdict(reply));
  }
}
