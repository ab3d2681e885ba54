package dev.sluice.methods.reply;

import dev.sluice.methods.task.TextTask;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A boxed verdict for each step up to the first wrong one. */
@Kind(
    value = "boxed_steps",
    doc = "A verdict on each step in a `\\boxed{}`, up to the first incorrect one.")
@Method(
    name = "Boxed verdicts of steps",
    paper = "ThinkPRM, arXiv 2504.16828; GenPRM, arXiv 2504.00891",
    formula = "verdict k = box k; incorrect after the first incorrect one",
    papers = {"2504.16828", "2504.00891"})
@CanRead(Reads.STEPS)
public record BoxedStepsReply(
    @Key("Marker before each verdict; the first box after it is read. Default: every box is read.")
        @Nullable String mark,
    @Key(
            value =
                "Whether boxes inside of the thought (`</think>`) count where none come after it.",
            byDefault = "false")
        boolean thoughts)
    implements ReplyParser {

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(
        key, mark != null && mark.isBlank() ? "'mark' is blank; name a text, or leave it out" : "");
  }

  @Override
  public boolean namesFirstError() {
    return true;
  }

  @Override
  public Reading read(CharSequence reply, int steps) {
    List<Boolean> boxes = boxes(TextTask.spoken(reply));
    if (boxes.isEmpty() && thoughts) {
      // One may judge within its thought, and repeat nothing after it.
      boxes = boxes(reply);
    }
    // One that ends at an error leaves open how many steps there are.
    return Reading.steps(
        Boxes.upToFirstError(boxes, steps), boxes.contains(false) ? List.of() : boxes);
  }

  private List<Boolean> boxes(CharSequence text) {
    return mark == null ? Boxes.words(text) : Boxes.marked(text, mark);
  }
}
