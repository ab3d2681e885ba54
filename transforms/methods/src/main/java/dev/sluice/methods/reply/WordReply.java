package dev.sluice.methods.reply;

import dev.sluice.methods.task.TextTask;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** One word on the whole. */
@Kind(
    value = "word",
    doc = "A verdict on the whole solution: the first word of the reply after any `</think>`.")
@Method(name = "One word", formula = "outcome = the first word, read as yes or no")
@CanRead(Reads.OUTCOME)
public record WordReply(
    @Key(value = "Words that mean yes, in lower case.", byDefault = YesNo.YES, min = 1)
        List<String> yes,
    @Key(value = "Words that mean no, in lower case.", byDefault = YesNo.NO, min = 1)
        List<String> no)
    implements ReplyParser {

  public WordReply {
    yes = List.copyOf(yes);
    no = List.copyOf(no);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, new YesNo(yes, no).objection());
  }

  @Override
  public boolean reasons() {
    return false;
  }

  @Override
  public Reading read(CharSequence reply, int steps) {
    return Reading.outcome(Boxes.firstWord(TextTask.spoken(reply)).flatMap(new YesNo(yes, no)::of));
  }
}
