package dev.sluice.export.trl;

import dev.sluice.records.Message;
import java.util.List;

/**
 * Standard strings: TRL puts nothing between a prompt and what follows it, so the line end between
 * them is part of what follows.
 */
final class Texts {
  private Texts() {}

  /** A completion as it follows a prompt. */
  static String after(String completion) {
    return "\n" + completion;
  }

  /** A completion as the assistant's turn. */
  static List<Message> reply(String completion) {
    return List.of(new Message("assistant", completion));
  }
}
