package dev.sluice.methods.reply;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a model replied to a prompt. Its work grows with the length of the reply, it never
 * throws, and a reply that it cannot read is {@link Reading#NOTHING}: an abstention.
 */
@Port(value = "reply parser", stage = "VerifySolutions", key = "prompt.reply", noun = "reply")
public interface ReplyParser extends Part {

  /**
   * Reads a reply.
   *
   * @param steps number of steps that the model was asked about; 0 where it was asked about none
   */
  Reading read(CharSequence reply, int steps);

  /** What it finds under its keys. */
  default Set<Reads> reads() {
    return Set.of(Objects.requireNonNull(getClass().getAnnotation(CanRead.class)).value());
  }

  /** Whether a type of parser can find something, under some of its keys. */
  static boolean canRead(Class<?> parser, Reads wanted) {
    CanRead can = parser.getAnnotation(CanRead.class);
    return can != null && Set.of(can.value()).contains(wanted);
  }

  /** Whether a reply names the first wrong step, as an index or by ending at it. */
  default boolean namesFirstError() {
    return false;
  }

  /** Whether a reply reasons before its verdict, so that a few tokens hold none. */
  default boolean reasons() {
    return true;
  }

  /** Whether a solution has the form that was asked for, beside that of its problem. */
  default boolean gate(String reply) {
    return true;
  }

  /** The JSON Schema that replies follow, as JSON; empty if they are no JSON. */
  default Optional<String> jsonSchema() {
    return Optional.empty();
  }
}
