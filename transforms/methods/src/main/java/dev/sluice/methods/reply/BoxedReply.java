package dev.sluice.methods.reply;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict on the whole in the last box. */
@Kind(value = "boxed", doc = "A verdict on the whole solution in the last `\\boxed{}`.")
@Method(name = "Boxed verdict", formula = "outcome = the last box, read as yes or no")
@CanRead(Reads.OUTCOME)
public record BoxedReply(
    @Key("Parse only what follows the last occurrence of this text. Default: the whole reply.")
        @Nullable String after,
    @Key(value = "Words that mean yes, in lower case.", byDefault = YesNo.YES, min = 1)
        List<String> yes,
    @Key(value = "Words that mean no, in lower case.", byDefault = YesNo.NO, min = 1)
        List<String> no)
    implements ReplyParser {

  public BoxedReply {
    yes = List.copyOf(yes);
    no = List.copyOf(no);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, new YesNo(yes, no).objection());
  }

  @Override
  public Reading read(CharSequence reply, int steps) {
    CharSequence read = after == null || after.isEmpty() ? reply : Boxes.after(reply, after);
    return Reading.outcome(Boxes.last(read).flatMap(new YesNo(yes, no)::of));
  }
}
